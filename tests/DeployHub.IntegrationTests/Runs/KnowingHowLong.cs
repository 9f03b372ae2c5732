using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>The runs before say how long this one takes.</summary>
public sealed class KnowingHowLong(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Three_runs_that_went_well_say_how_long_the_fourth_takes()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        foreach (var _ in Enumerable.Range(0, 2)) await SucceedAsync(estate);
        var halted = await estate.StartAsync(again: true);
        await hub.WorkOnAsync(halted, (_, step) => step.Name == "Install" ? new StepOutcome.Failed("Not today.") : StepOutcome.Succeeded.Plain);
        (await estate.ResolveAsync(halted, ResolutionChoice.Retry)).Done();
        await hub.WorkOnAsync(halted);
        (await ProjectAsync(await SucceedAsync(estate))).ShouldBeNull("two others, and one in which people looked into a halt");

        var run = await estate.StartAsync(again: true);
        (await ProjectAsync(run)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            projection => projection.Runs.ShouldBe(3), projection => projection.Half.ShouldBe(TimeSpan.FromMinutes(5)), projection => projection.Left.ShouldBe(TimeSpan.FromMinutes(5))); // five steps of a minute

        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var address = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";
        (await browser.Read(address)).ShouldContain("Usually 5 min; about 5 min left");
        (await browser.Read($"/api/v1{address}/projection")).ShouldContain("\"sameVersion\":true");
        await hub.WorkOnAsync(run);
        (await browser.Read(address)).ShouldNotContain("Usually");
    }

    private async Task<string> SucceedAsync(Estate estate)
    {
        var run = await estate.StartAsync(again: true);
        await hub.WorkOnAsync(run, each: TimeSpan.FromMinutes(1));
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        return run;
    }

    private async Task<Projection?> ProjectAsync(string run) => (await hub.AsSystem.Send(new ProjectRun(run))).Done().Projection;
}
