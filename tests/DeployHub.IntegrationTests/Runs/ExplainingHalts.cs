using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A halt says what failed alike, what those that failed have in common, and what helped before.</summary>
public sealed class ExplainingHalts(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Equal_errors_are_one_and_what_separates_the_failed_targets_is_named()
    {
        using var estate = await TwoSitesAsync();
        var run = await estate.StartAsync();
        await hub.WorkOnAsync(run, DiskIsFull);
        await hub.WriteAsync(run, Stage.Execute, "hamburg-1", 2, ["Copying", "cp: cannot write"]);
        await hub.WriteAsync(run, Stage.Execute, "hamburg-1", 2, ["No space left on device"], error: true);

        var halt = await ExplainAsync(run);
        halt.Errors.ShouldHaveSingleItem().Subjects.ShouldBe(["hamburg-1", "hamburg-2"]);
        halt.Succeeded.ShouldBe(3);
        halt.Differences.ShouldHaveSingleItem().ShouldSatisfyAllConditions( // not the port, which is everybody's own
            site => site.Attribute.ShouldBe("label site"), site => site.Failed.ShouldBe(["hamburg"]), site => site.Succeeded.ShouldBe(["berlin"]));
        halt.FirstError!.Text.ShouldBe("No space left on device");
        halt.Similar.ShouldBeEmpty();

        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var address = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";
        var page = await browser.Read(address);
        foreach (var said in (string[])["One error on 2 targets", "hamburg-1 and hamburg-2", "Label site", $"?line={halt.FirstError.Id}&amp;subject=hamburg-1#L{halt.FirstError.Id}"]) page.ShouldContain(said);
        (await browser.Read($"/api/v1{address}/halt")).ShouldContain("\"attribute\":\"label site\"");
    }

    [Fact]
    public async Task What_helped_with_a_halt_is_remembered_at_the_next_one_like_it()
    {
        using var estate = await TwoSitesAsync();
        var first = await estate.StartAsync();
        await hub.WorkOnAsync(first, DiskIsFull);
        (await hub.As(Role.DeploymentPractitioner).Send(new ResolveHalt(first, ResolutionChoice.FixAndRecheck, CauseClass.Environment, "The disk was full.", Remedy: "Deleted old releases, CHG-7"))).Done();
        await hub.WorkOnAsync(first);

        var second = await estate.StartAsync("1.1.0");
        await hub.WorkOnAsync(second, (targetRun, step) => step.Name == "Bring it" ? new StepOutcome.Failed("The artefact is gone.") : StepOutcome.Succeeded.Plain);
        (await ExplainAsync(second)).Similar.ShouldBeEmpty("another step and another error");
        (await estate.ResolveAsync(second, ResolutionChoice.Retry)).Done();
        await hub.WorkOnAsync(second, DiskIsFull);

        (await ExplainAsync(second)).Similar.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            past => past.Run.ShouldBe(first), past => past.Choice.ShouldBe(ResolutionChoice.FixAndRecheck), past => past.Diagnosis.ShouldBe("The disk was full."),
            past => past.Remedy.ShouldBe("Deleted old releases, CHG-7"), past => past.RunStatus.ShouldBe(RunStatus.Succeeded));
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        (await browser.Read($"/deployments/{second.Replace("/R", "/runs/", StringComparison.Ordinal)}")).ShouldContain("The disk was full.");
    }

    [Fact]
    public async Task The_newest_five_that_were_alike_are_told()
    {
        using var estate = await TwoSitesAsync();
        var runs = new List<string>();
        for (var number = 0; number < 6; number++)
        {
            runs.Add(await estate.StartAsync(number % 2 == 0 ? "1.0.0" : "1.1.0"));
            await hub.WorkOnAsync(runs[^1], DiskIsFull);
            (await estate.ResolveAsync(runs[^1], ResolutionChoice.Retry)).Done();
            await hub.WorkOnAsync(runs[^1]);
        }

        var last = await estate.StartAsync("1.0.0");
        await hub.WorkOnAsync(last, DiskIsFull);
        (await ExplainAsync(last)).Similar.Select(past => past.Run).ShouldBe(Enumerable.Reverse(runs).Take(5));
    }

    private async Task<ExplainHalt.View> ExplainAsync(string run) => (await hub.AsSystem.Send(new ExplainHalt(run))).Done();

    private async Task<Estate> TwoSitesAsync()
    {
        var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 0, batches: 5);
        var port = 5000;
        foreach (var name in (string[])["berlin-1", "berlin-2", "berlin-3", "hamburg-1", "hamburg-2"])
            (await hub.As(Role.DeploymentManager).Send(new RegisterTarget(
                estate.Name, name, new LocalConnection(estate.PlaceOf(name)), new Dictionary<string, string> { ["site"] = name[..^2] }, new Dictionary<string, string> { ["port"] = $"{++port}" }))).Done();
        return estate;
    }

    private static StepOutcome DiskIsFull(TargetRun targetRun, StepRun step) => step.Name == "Install" && targetRun.Subject.StartsWith("hamburg", StringComparison.Ordinal)
        ? new StepOutcome.Failed($"No space left: {targetRun.Subject[^1]}12 MiB of 4096 on {targetRun.Subject}.") : StepOutcome.Succeeded.Plain;
}
