using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Domain.Workers;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Shared;

/// <summary>Every status of deployments and runs as one of the six shapes, so that the same thing looks the same everywhere (UI-2).</summary>
internal static class States
{
    public static MarkState Mark(this DeploymentStatus status, Outcome? outcome = null) => status switch
    {
        DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled => MarkState.Waiting,
        DeploymentStatus.InProgress => MarkState.Running,
        DeploymentStatus.Halted => MarkState.Halted,
        DeploymentStatus.Completed or DeploymentStatus.Closed => outcome switch
        {
            Outcome.RolledBack => MarkState.RolledBack,
            Outcome.Failed => MarkState.Halted,
            _ => MarkState.Passed,
        },
        _ => MarkState.Cancelled,
    };

    /// <summary>The outcome says more than “completed”.</summary>
    public static string Word(this DeploymentStatus status, Outcome? outcome) => outcome is { } known ? Words.Title(known) : Words.Title(status);

    /// <summary>Where an organisation stands.</summary>
    public static MarkState Mark(this AlignmentStatus status) => status switch
    {
        AlignmentStatus.Pending => MarkState.Waiting,
        AlignmentStatus.Agreed or AlignmentStatus.AgreedWithConditions or AlignmentStatus.Overridden => MarkState.Passed,
        AlignmentStatus.Objected or AlignmentStatus.NoResponse => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this RunStatus status) => status switch
    {
        RunStatus.Queued or RunStatus.Waiting => MarkState.Waiting,
        RunStatus.Running or RunStatus.RollingBack => MarkState.Running,
        RunStatus.Halted => MarkState.Halted,
        RunStatus.RolledBack => MarkState.RolledBack,
        RunStatus.Succeeded => MarkState.Passed,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this StageStatus status) => status switch
    {
        StageStatus.Pending => MarkState.Waiting,
        StageStatus.Running => MarkState.Running,
        StageStatus.Failed => MarkState.Halted,
        _ => MarkState.Passed,
    };

    public static MarkState Mark(this PhaseStatus status) => status switch
    {
        PhaseStatus.Pending or PhaseStatus.AwaitingPromotion => MarkState.Waiting,
        PhaseStatus.Running or PhaseStatus.Soaking => MarkState.Running,
        PhaseStatus.Passed => MarkState.Passed,
        PhaseStatus.Failed => MarkState.Halted,
        PhaseStatus.RolledBack => MarkState.RolledBack,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this Change change) => change switch
    {
        { IsUnexpected: true } => MarkState.Halted,
        { IsTolerated: true } => MarkState.RolledBack,
        { Verdict: ChangeVerdict.NotObserved } => MarkState.Cancelled,
        _ => MarkState.Passed,
    };

    /// <summary>What a person has to know of a run's changes first.</summary>
    public static (MarkState Mark, string Word) Shown(this ChangeCount count) => count switch
    {
        { Unexpected: > 0 } => (MarkState.Halted, Words.Count(count.Unexpected, "unexpected change")),
        { NotObserved: > 0 } => (MarkState.Cancelled, $"{count.NotObserved} not observed"),
        _ => (MarkState.Passed, "No unexpected change"),
    };

    /// <summary>Everything in one sentence.</summary>
    public static string InWords(this ChangeCount count) => Words.List(
    [
        $"{(count.Unexpected == 0 ? "nothing" : count.Unexpected)} changed unexpectedly",
        .. count.Tolerated > 0 ? new[] { $"{count.Tolerated} changed and {(count.Tolerated == 1 ? "is" : "are")} tolerated" } : [],
        $"{count.AsPlanned} changed as planned",
        $"{count.Unchanged} {(count.Unchanged == 1 ? "is" : "are")} unchanged",
        .. count.NotObserved > 0 ? new[] { $"{count.NotObserved} {(count.NotObserved == 1 ? "was" : "were")} not observed" } : [],
    ]);

    public static MarkState Mark(this TargetResult result) => result switch
    {
        TargetResult.Pending => MarkState.Waiting,
        TargetResult.InProgress or TargetResult.Updated => MarkState.Running,
        TargetResult.Verified or TargetResult.Unchanged => MarkState.Passed,
        TargetResult.RolledBack => MarkState.RolledBack,
        TargetResult.Deferred => MarkState.Cancelled,
        _ => MarkState.Halted,
    };

    public static MarkState Mark(this TargetRunStatus status) => status switch
    {
        TargetRunStatus.Pending or TargetRunStatus.Ready or TargetRunStatus.WaitingForPerson => MarkState.Waiting,
        TargetRunStatus.InProgress => MarkState.Running,
        TargetRunStatus.Succeeded or TargetRunStatus.Unchanged => MarkState.Passed,
        TargetRunStatus.Failed => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this StepStatus status) => status switch
    {
        StepStatus.Pending or StepStatus.WaitingForPerson => MarkState.Waiting,
        StepStatus.Running => MarkState.Running,
        StepStatus.Succeeded => MarkState.Passed,
        StepStatus.NotApplicable or StepStatus.Tolerated or StepStatus.SkippedByResolution => MarkState.Cancelled,
        _ => MarkState.Halted,
    };

    public static MarkState Mark(this WorkerState state) => state switch
    {
        WorkerState.Working or WorkerState.Draining => MarkState.Running,
        WorkerState.Idle => MarkState.Waiting,
        WorkerState.Drained => MarkState.Passed,
        WorkerState.Silent => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this DriftStatus status, DriftSeverity severity) => status switch
    {
        DriftStatus.Detected or DriftStatus.Confirmed => severity is DriftSeverity.Blocking ? MarkState.Halted : MarkState.Waiting,
        DriftStatus.FalsePositive => MarkState.Cancelled,
        _ => MarkState.Passed,
    };

    public static MarkState Mark(this UnmanagedStatus status) => status switch
    {
        UnmanagedStatus.Unmanaged => MarkState.Halted,
        UnmanagedStatus.FalsePositive => MarkState.Cancelled,
        _ => MarkState.Passed,
    };

    private static readonly Stage[] All = Enum.GetValues<Stage>();

    /// <summary>
    /// One stage as every strip shows it: while the run is halted nothing moves; what is over and was not reached stays undone; what
    /// went back is no alarm any more.
    /// </summary>
    public static (MarkState Mark, string Word) Shown(this StageStatus status, bool isHalted, bool isOver, bool isRolledBack) => status switch
    {
        StageStatus.Pending => isOver ? (MarkState.Cancelled, "Not reached") : (MarkState.Waiting, "Not started"),
        StageStatus.Running or StageStatus.Failed when isRolledBack => (MarkState.RolledBack, "Rolled back"),
        StageStatus.Running when isHalted => (MarkState.Halted, "Halted"),
        StageStatus.Running when isOver => (MarkState.Cancelled, "Not finished"),
        _ => (status.Mark(), Words.Title(status)),
    };

    /// <summary>The four stages of a list row; all waiting before the first run.</summary>
    /// <param name="stages">Of the deployment's newest run; none before the first.</param>
    /// <param name="outcome">Null while the deployment is not over.</param>
    public static IEnumerable<StripStage> Strip(IReadOnlyList<ListDeployments.StageMark> stages, DeploymentStatus deployment, Outcome? outcome) => All.Select(stage =>
    {
        var status = stages.FirstOrDefault(mark => mark.Stage == stage)?.Status ?? StageStatus.Pending;
        var (mark, word) = status.Shown(deployment is DeploymentStatus.Halted, outcome is not null, outcome is Outcome.RolledBack);
        return new StripStage(Words.Title(stage), mark, word);
    });
}
