using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What happens outside while a run is under way stops it before its next phase (domain §2.4.2).</summary>
public sealed class PassingGates(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string Steps = Estate.Script("Install", "echo begin >> journal; until [ -e ../go ]; do sleep 0.1; done");

    [Fact]
    public async Task A_version_that_is_recalled_meanwhile_goes_no_further()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var run = await estate.StartAsync();
        await FirstBatchBeganAsync(estate);
        (await hub.As(Role.DeploymentManager).Send(new RecallVersion(estate.Name, "1.0.0", "It loses orders."))).Done();
        Go(estate);

        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.VersionRecalled);
        estate.Journal("t-2").ShouldBeEmpty();
        (await estate.RunAsync(run)).Choices.ShouldContain(ResolutionChoice.FixAndRecheck);
    }

    [Fact]
    public async Task A_target_that_is_retired_meanwhile_is_not_touched()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var run = await estate.StartAsync();
        await FirstBatchBeganAsync(estate);
        (await hub.As(Role.DeploymentManager).Send(new RetireTarget(estate.Name, "t-2"))).Done();
        Go(estate);

        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.Sentence.ShouldContain("t-2 was retired");
        estate.Journal("t-2").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slot_that_is_over_is_extended_and_the_run_goes_on()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var end = hub.Clock.GetUtcNow().AddSeconds(8);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = end.AddMinutes(-5), SlotEnd = end }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await TestHub.Until(() => Task.FromResult(hub.Clock.GetUtcNow() > end), "the slot is over");
        Go(estate);

        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.WindowOverrun);
        var longer = new ResolveHalt(run, ResolutionChoice.ExtendWindow, CauseClass.Planning, "It took longer than planned.") { Until = end.AddHours(1) };
        (await hub.As(Role.DeploymentPractitioner).Send(longer)).Error!.WhoCould.ShouldNotBeNull();
        (await hub.As(Role.Approver).Send(longer with { Until = null })).Error!.Code.ShouldBe(RunErrors.ExtensionInThePast.Code);
        (await hub.As(Role.Approver).Send(longer)).Done();

        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot!.End.ShouldBe(end.AddHours(1), TimeSpan.FromMilliseconds(1));
    }

    private static Task FirstBatchBeganAsync(Estate estate) => TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0), "the first batch began", 30);

    private static void Go(Estate estate) => File.WriteAllText(Path.Combine(Path.GetDirectoryName(estate.PlaceOf("t-1"))!, "go"), "");
}
