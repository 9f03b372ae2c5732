using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What goes wrong around a run, or is odd about its input, neither breaks it nor makes it do work twice.</summary>
public sealed class FacingFaults(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string WaitsForGo = Estate.Script("Switch", "echo begin >> journal; until [ -e ../go ]; do sleep 0.1; done");

    [Theory]
    [InlineData(+15)]
    [InlineData(-15)]
    public async Task A_clock_that_jumps_makes_nothing_run_twice(int minutes)
    {
        using var estate = await Estate.RegisterAsync(hub, WaitsForGo);
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0), "the first target changes", 60);
        hub.Clock.Advance(TimeSpan.FromMinutes(minutes));
        Go(estate);

        await TestHub.Until(async () => (await estate.RunAsync(run)).Status is RunStatus.Succeeded or RunStatus.Halted, "the run ends or asks", 90);
        if ((await estate.RunAsync(run)).OpenHalt is { } halt) halt.Cause.ShouldBe(HaltCause.WorkerLost); // it may have looked like that
        estate.Journal("t-1").ShouldBe(["begin"]);
        estate.Journal("t-2").Length.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task An_environment_without_targets_is_refused_before_anything_is_planned()
    {
        using var estate = await Estate.RegisterAsync(hub, WaitsForGo, targets: 0);
        var refused = await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")));
        var submitted = refused.Error is null ? (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(refused.Value))).Error : refused.Error;
        submitted.ShouldNotBeNull().Message.ShouldContain("target");
    }

    [Fact]
    public async Task A_parameter_reaches_its_step_as_it_was_written()
    {
        const string Odd = "a'b\"c $(touch pwned) `touch pwned` ; touch pwned\n& second line \\ % é";
        using var estate = await Estate.RegisterAsync(
            hub, """- { name: Write it down, uses: script, with: { command: [sh, -c, 'printf %s "$1" > written', sh, "${parameter.text}"] }, timeout: 1m }""",
            change: (_, document) => Task.FromResult(document + "\nparameters:\n  text: { type: Text, default: none, mutability: Free, description: Whatever people write. }\n"));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Parameters = new Dictionary<string, string> { ["text"] = Odd } }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);

        (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "written"))).ShouldBe(Odd);
        File.Exists(Path.Combine(estate.PlaceOf("t-1"), "pwned")).ShouldBeFalse();
    }

    private static void Go(Estate estate) => File.WriteAllText(Path.Combine(Path.GetDirectoryName(estate.PlaceOf("t-1"))!, "go"), "");
}
