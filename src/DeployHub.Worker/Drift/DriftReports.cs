using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;

namespace DeployHub.Worker.Drift;

/// <summary>What checks saw of targets, told to the domain before their steps are recorded.</summary>
internal static class DriftReports
{
    /// <returns>The reports, with the domain's verdict where a check only said what it saw. What comes too late is left as it is, since it counts for nothing.</returns>
    public static async Task<IReadOnlyList<Report>> JudgeAsync(this DeployHubDb db, IReadOnlyList<Report> reports, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var judged = reports.ToList();
        foreach (var report in reports.OfType<Report.CameTo>().Where(report => report.Outcome is StepOutcome.Observed && !Snapshots.IsOfChanges(report)).OrderBy(report => report.Claimed.Target?.Value))
        {
            var claimed = report.Claimed;
            if (runs.FirstOrDefault(run => run.Id == claimed.Run) is not { } run || !run.Awaits(claimed.TargetRun, claimed.Fence, claimed.Step.Number)) continue;

            var observed = (StepOutcome.Observed)report.Outcome;
            var look = await db.PrepareLookAsync(claimed.Target!.Value, observed.Facts, run.Name, at, cancellationToken);
            var outcome = RunDriver.Guard(run, () => DriftVerdict.Of(look.See(observed.Facts, observed.Definition), [.. run.Versions.Select(version => version.Component)], claimed.Subject, observed));
            db.DriftItems.AddRange(look.Found);
            judged[judged.IndexOf(report)] = report with { Outcome = outcome };
        }

        return judged;
    }
}
