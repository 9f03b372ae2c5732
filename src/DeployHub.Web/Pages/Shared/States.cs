using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
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

    public static MarkState Mark(this TargetResult result) => result switch
    {
        TargetResult.Pending => MarkState.Waiting,
        TargetResult.InProgress or TargetResult.Updated => MarkState.Running,
        TargetResult.Verified => MarkState.Passed,
        TargetResult.RolledBack => MarkState.RolledBack,
        TargetResult.Deferred => MarkState.Cancelled,
        _ => MarkState.Halted,
    };

    public static MarkState Mark(this TargetRunStatus status) => status switch
    {
        TargetRunStatus.Pending or TargetRunStatus.Ready or TargetRunStatus.WaitingForPerson => MarkState.Waiting,
        TargetRunStatus.InProgress => MarkState.Running,
        TargetRunStatus.Succeeded => MarkState.Passed,
        TargetRunStatus.Failed => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    public static MarkState Mark(this StepStatus status) => status switch
    {
        StepStatus.Pending or StepStatus.WaitingForPerson => MarkState.Waiting,
        StepStatus.Running => MarkState.Running,
        StepStatus.Succeeded => MarkState.Passed,
        StepStatus.NotApplicable or StepStatus.SkippedByResolution => MarkState.Cancelled,
        _ => MarkState.Halted,
    };

    private static readonly Stage[] All = Enum.GetValues<Stage>();

    /// <summary>The four stages of a list row; all waiting before the first run.</summary>
    /// <param name="isOver">The deployment has an outcome, so what is pending stays undone.</param>
    public static IEnumerable<StripStage> Strip(IReadOnlyList<ListDeployments.StageMark> stages, bool isOver = false) =>
        All.Select(stage => stages.FirstOrDefault(mark => mark.Stage == stage) is { } mark
            ? isOver && mark.Status is StageStatus.Pending ? new StripStage(Words.Title(stage), MarkState.Cancelled, "Not reached") : new StripStage(Words.Title(stage), mark.Status.Mark(), Words.Title(mark.Status))
            : new StripStage(Words.Title(stage), MarkState.Waiting, "Not started"));
}
