using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Notifications;

/// <summary>
/// What asks a person for something is not sent once nobody is asked any more: a mail server may be away for days, and quiet hours last for a night. It
/// stands among their notices all the same. What only says what was, is news however late it comes.
/// </summary>
public static class OldNews
{
    private const string NotAsked = "nobody is asked for that any more", NotPlanned = "it is not planned any more";

    /// <summary>Why it is not sent, as a sentence without its end; null where it still is.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    public static string? Because(string type, Deployment deployment, DateTimeOffset at)
    {
        var isPlanned = deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled;
        return type switch
        {
            "deployment.submitted" or "approval.expiring" => IsAnyAsked(deployment) ? null : NotAsked,
            EventTypes.AlignmentRequested or EventTypes.AlignmentReminder => isPlanned && HasRequest(deployment, AlignmentStatus.Pending) ? null : NotAsked,
            "alignment.deadline" => isPlanned && HasRequest(deployment, AlignmentStatus.NoResponse) ? null : NotAsked,
            "alignment.objected" => isPlanned && HasRequest(deployment, AlignmentStatus.Objected) ? null : "nobody objects any more",
            EventTypes.DeploymentStarting => deployment.Status is DeploymentStatus.Scheduled && deployment.Slot?.Start > at ? null : "it does not start within the hour any more",
            "deployment.start_held" or "deployment.slot_missed" or "freeze.declared" or "freeze.lifted" or "condition.lost" => isPlanned ? null : NotPlanned,
            "exception.requested" => deployment.Status is DeploymentStatus.Completed or DeploymentStatus.Closed or DeploymentStatus.Cancelled or DeploymentStatus.Expired ? NotAsked : null,
            _ => null,
        };
    }

    /// <summary>The same for what a run says of itself.</summary>
    public static string? Because(string type, RunStatus status) => type switch
    {
        EventTypes.RunWaiting => status is RunStatus.Waiting ? null : "the run does not wait any more",
        EventTypes.RunHalted => status is RunStatus.Halted ? null : "the run does not stand still any more",
        "run.rolling_back" => status is RunStatus.RollingBack ? null : "the run does not lead back any more",
        _ => null,
    };

    private static bool IsAnyAsked(Deployment deployment) =>
        deployment.Status is DeploymentStatus.InReview && deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Pending or ApprovalStatus.Deferred);

    private static bool HasRequest(Deployment deployment, AlignmentStatus status) => deployment.Alignments.Any(request => request.Status == status);
}
