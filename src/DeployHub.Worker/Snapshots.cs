using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Worker;

/// <summary>What was seen of targets before Execute and afterwards, kept with the run before the step is recorded.</summary>
internal static class Snapshots
{
    public static bool IsOfChanges(Report.CameTo report) => report is { Outcome: StepOutcome.Observed, Claimed.Step.Settings: CheckChanges };

    /// <returns>The reports, with the domain's verdict where a look only said what it saw. What comes too late is left as it is, since it counts for nothing.</returns>
    public static async Task<IReadOnlyList<Report>> CompareAsync(this DeployHubDb db, IReadOnlyList<Report> reports, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var judged = reports.ToList();
        foreach (var report in reports.OfType<Report.CameTo>().Where(IsOfChanges))
        {
            var claimed = report.Claimed;
            if (runs.FirstOrDefault(run => run.Id == claimed.Run) is not { } run || !run.Awaits(claimed.TargetRun, claimed.Fence, claimed.Step.Number)) continue;

            var seen = ((StepOutcome.Observed)report.Outcome).Facts;
            judged[judged.IndexOf(report)] = report with { Outcome = await db.KeepAsync(run, claimed, claimed.Target!.Value, seen, at, cancellationToken) };
        }

        return judged;
    }

    private static async Task<StepOutcome> KeepAsync(this DeployHubDb db, Run run, Claimed claimed, TargetId target, IReadOnlyList<SeenFact> seen, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.TargetSnapshots.Where(known => known.RunId == run.Id && known.TargetId == target).LoadAsync(cancellationToken);
        var known = db.TargetSnapshots.Local.Where(known => known.RunId == run.Id && known.TargetId == target).ToList();
        var moment = claimed.Stage is Stage.VerifyEnvironment ? SnapshotMoment.Baseline : BeforeAndAfter.MomentOf(run, target);
        if (known.Find(taken => taken.Moment == moment) is not { } snapshot)
        {
            known.Add(snapshot = TargetSnapshot.Of(run.Id, target, moment));
            db.TargetSnapshots.Add(snapshot);
        }

        snapshot.See(seen, at);
        if (moment is SnapshotMoment.Baseline) return ChangesOutcome.OfBaseline(claimed.Subject, seen);

        var changes = RunDriver.Guard(run, () => BeforeAndAfter.Of(run, target, known));
        snapshot.Compared(changes);
        return ChangesOutcome.Of(claimed.Subject, [.. changes.Where(change => seen.Any(fact => fact.Fact.Subject == change.Item))]);
    }
}
