using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>How it waits for its turn (domain M9).</summary>
public sealed partial class Deployment
{
    /// <summary>So long an approver has peace after somebody reminded them by hand.</summary>
    public static readonly TimeSpan NudgePause = TimeSpan.FromDays(1);

    /// <summary>What is pulled first when several could go.</summary>
    public Priority Priority { get; private set; }

    /// <summary>Refused with <c>deployment.is-over</c> once nothing of it waits any more.</summary>
    public Result Prioritise(Priority priority, string reason, Actor by, DateTimeOffset at)
    {
        if (IsOver) return DeploymentErrors.NothingLeftToPrioritise;
        if (priority == Priority) return Result.Success;

        Priority = priority;
        Append("Prioritise", $"{by.Name} gave it {Words.Of(priority)} priority: {reason}", by, at);
        return Result.Success;
    }

    /// <summary>Reminds whoever may give an approval, at most once a day. Refused with <c>approval.not-pending</c> and <c>approval.nudged-already</c>.</summary>
    /// <param name="number">Of the approval.</param>
    public Result NudgeApprover(int number, Actor by, DateTimeOffset at)
    {
        if (Waiting().FirstOrDefault(approval => approval.Number == number) is not { } pending) return Approving.ApprovalErrors.NothingDelegated;
        if (pending.NudgedAt is { } nudged && nudged + NudgePause > at) return Approving.ApprovalErrors.NudgedAlready(nudged, NudgePause);

        pending.NudgedAt = at;
        Append("EscalateApproval", $"{by.Name} asks {pending.WhoCould} to decide: it has waited since {pending.AskedAt ?? SubmittedAt:yyyy-MM-dd HH:mm} UTC.", by, at);
        return Result.Success;
    }
}
