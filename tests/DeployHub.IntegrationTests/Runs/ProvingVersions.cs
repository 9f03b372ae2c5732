using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What shows that a version may come here: that it succeeded before, as the environment's policy says whoever wrote the model, and that it was tested.</summary>
public sealed class ProvingVersions(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task A_version_that_has_not_succeeded_before_halts_until_it_has()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed"), targets: 1);
        var before = await EnvironmentBeforeAsync(estate);

        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.ShouldSatisfyAllConditions(
            halt => halt.Cause.ShouldBe(HaltCause.PromotionEvidenceMissing), halt => halt.Sentence.ShouldContain($"has not succeeded in {before}"));

        await SucceedsAsync(estate, before, "1.0.0");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Halted); // another version proves nothing

        await SucceedsAsync(estate, before, "1.1.0");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    [Fact]
    public async Task A_version_whose_tests_nobody_reported_or_failed_halts_until_they_pass()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed"), targets: 1, change: (_, document) => Task.FromResult(document.Replace(
            "check-artefacts, timeout: 1m }]", "check-artefacts, timeout: 1m }, { name: Tested, uses: check-tests, with: { suites: [unit, smoke] }, timeout: 1m }]", StringComparison.Ordinal)));
        await ReportAsync(estate, "smoke", "<testsuite><testcase name='starts'/></testsuite>");

        var run = await estate.StartAsync();
        await HaltedAsync(estate, run, "nobody has reported the suite “unit”");

        await ReportAsync(estate, "unit", "<testsuite><testcase name='adds'/><testcase name='pays'><failure/></testcase></testsuite>");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await HaltedAsync(estate, run, "1 of 2 tests of “unit” failed (pays)");

        await ReportAsync(estate, "unit", "<testsuite><testcase name='adds'/><testcase name='pays'/></testsuite>");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    private async Task ReportAsync(Estate estate, string suite, string junit) =>
        (await hub.As(Role.CiSystem).Send(new ReportTests(estate.Name, "1.0.0", suite, Digest.OfText("1.0.0").ToString(), Encoding.UTF8.GetBytes(junit)))).Done();

    private static async Task HaltedAsync(Estate estate, string run, string why)
    {
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.ShouldSatisfyAllConditions(halt => halt.Cause.ShouldBe(HaltCause.TestEvidenceMissing), halt => halt.Sentence.ShouldContain(why));
    }

    private async Task<string> EnvironmentBeforeAsync(Estate estate)
    {
        var (before, manager) = ($"{estate.Name}-before", hub.As(Role.DeploymentManager));
        (await manager.Send(new RegisterEnvironment(before, before, Tier.Test, TestHub.Owner, false))).Done();
        (await manager.Send(new RegisterTarget(before, "before", new LocalConnection(Directory.CreateDirectory(estate.PlaceOf("before")).FullName)))).Done();
        (await manager.Send(new SetEnvironmentPolicy(estate.Name, 0, 5, PromotionSource: before))).Done();
        return before;
    }

    private async Task SucceedsAsync(Estate estate, string environment, string label)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan(label) with { Environment = environment }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);
    }
}
