using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What a run changed on its targets, seen before Execute and afterwards by real workers.</summary>
public sealed class TellingWhatChanged(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private const string WritesNotes = "cp package installed; echo ${version.label} > notes";

    [Fact]
    public async Task A_run_tells_what_it_changed_and_goes_on_whatever_that_was()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", WritesNotes), targets: 1);
        await WatchAsync(estate);
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);

        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        var shown = (await hub.AsSystem.Send(new ShowChanges(run))).Done();
        var (notes, digest) = (shown.Changes.Single(change => change.Item == "file notes"), Digest.OfText("1.0.0\n").ToString());
        shown.Changes.Select(change => (change.Target, change.Item, change.Verdict)).ShouldBe(
            [("t-1", $"component {estate.Name}", ChangeVerdict.ChangedAsPlanned), ("t-1", "file notes", ChangeVerdict.ChangedUnexpectedly), ("t-1", "file empty", ChangeVerdict.Unchanged)]);
        (notes.Before, notes.After, notes.Why).ShouldBe((digest, Digest.OfText("1.1.0\n").ToString(), "Nobody planned it."));
        shown.Snapshots.Select(snapshot => (snapshot.Target, snapshot.Moment, snapshot.Facts)).ShouldBe([("t-1", SnapshotMoment.Baseline, 3), ("t-1", SnapshotMoment.AfterDeployment, 3)]);
        (await estate.RunAsync(run)).Changes.ShouldBe(new ChangeCount(1, 1, 1, 0, 0));

        using var client = await hub.ClientFor(Role.Auditor);
        var changes = (await client.GetAsync($"/api/v1/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/changes?onlyChanges=true").Json()).GetProperty("changes");
        changes.EnumerateArray().Select(change => change.GetProperty("verdict").GetString()).ShouldBe(["ChangedAsPlanned", "ChangedUnexpectedly"]);
    }

    [Fact]
    public async Task A_model_that_asks_for_it_halts_and_after_the_rollback_everything_is_as_it_was()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", WritesNotes), targets: 1, change: (_, document) => Task.FromResult(document.Replace(
            "\nrollback:", "\n    - { name: Nothing else, uses: check-changes, with: { facts: [{ kind: File, name: notes }] }, timeout: 1m }\nrollback:", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "notes"), "1.0.0\n");
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);

        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await estate.RunAsync(run)).OpenHalt!.ShouldSatisfyAllConditions(halt => halt.Cause.ShouldBe(HaltCause.UnexpectedChange), halt => halt.Sentence.ShouldContain("On t-1 file notes changed."));
        (await estate.ResolveAsync(run, ResolutionChoice.RollBack)).Done();
        await estate.ReachesAsync(run, RunStatus.RolledBack);

        var shown = (await hub.AsSystem.Send(new ShowChanges(run))).Done();
        shown.Changes.Single(change => change.Item == "file notes").Verdict.ShouldBe(ChangeVerdict.Unchanged);
        shown.Snapshots.Select(snapshot => snapshot.Moment).ShouldBe([SnapshotMoment.Baseline, SnapshotMoment.AfterDeployment, SnapshotMoment.AfterRollback]);
        (await estate.RunAsync(run)).Changes!.Unexpected.ShouldBe(0);
    }

    private async Task WatchAsync(Estate estate) => (await hub.As(Role.DeploymentManager).Send(new SetDriftWatch(
        estate.Name, [new WatchedFact(FactKind.Component, estate.Name, "package"), new WatchedFact(FactKind.File, "notes"), new WatchedFact(FactKind.File, "empty")]))).Done();
}
