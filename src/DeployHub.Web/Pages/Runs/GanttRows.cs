using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Runs;

/// <summary>When each step of a run was done: a row for each target, or for each phase where the targets are many.</summary>
internal static class GanttRows
{
    private const int MostTargets = 24;

    public static IReadOnlyList<GanttRow> Of(ShowRun.View run, DateTimeOffset now)
    {
        var end = run.EndedAt ?? now;
        return [.. (run.Targets.Count <= MostTargets ? OfSubjects(run, end) : OfPhases(run, end)).Where(row => row.Bars.Count > 0)];
    }

    private static IEnumerable<GanttRow> OfSubjects(ShowRun.View run, DateTimeOffset end) => run.TargetRuns.GroupBy(targetRun => targetRun.Subject).Select(mine => new GanttRow(
        mine.Key, [.. from targetRun in mine from step in targetRun.Steps from attempt in step.Attempts select BarOf(targetRun, step, attempt, end)]));

    private static GanttBar BarOf(ShowRun.TargetRunView targetRun, ShowRun.StepView step, Attempt attempt, DateTimeOffset end) => new(
        $"{Words.Title(targetRun.Stage)}: {step.Name}{(attempt.Number > 1 ? $", attempt {attempt.Number}" : "")}", attempt.BeganAt, attempt.EndedAt ?? end, MarkOf(attempt));

    private static MarkState MarkOf(Attempt attempt) => attempt switch
    {
        { WasLost: true } => MarkState.Halted,
        { Outcome: StepOutcome.Succeeded } => MarkState.Passed,
        { EndedAt: null } => MarkState.Running,
        _ => MarkState.Halted,
    };

    private static IEnumerable<GanttRow> OfPhases(ShowRun.View run, DateTimeOffset end) =>
        from stage in run.Stages
        from phase in stage.Phases
        let mine = run.TargetRuns.Where(targetRun => targetRun.Stage == stage.Stage && targetRun.Phase == phase.Number && targetRun.BeganAt is not null).ToList()
        select new GanttRow(
            stage.Phases.Count == 1 ? Words.Title(stage.Stage) : phase.Name,
            mine.Count == 0 ? [] : [WorkOf(phase, mine, end), .. phase.SoaksUntil is { } until ? (GanttBar[])[new GanttBar("Observed", EndOf(mine, end), phase.EndedAt ?? Earlier(until, end), MarkState.Waiting)] : []]);

    private static GanttBar WorkOf(PhaseRun phase, List<ShowRun.TargetRunView> mine, DateTimeOffset end) =>
        new(Words.Count(mine.Count, "target"), mine.Min(targetRun => targetRun.BeganAt!.Value), EndOf(mine, end), phase.Status.Mark());

    private static DateTimeOffset EndOf(List<ShowRun.TargetRunView> mine, DateTimeOffset end) => mine.Max(targetRun => targetRun.EndedAt ?? end);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
