using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Audit;

/// <summary>CC-5: the path of an emergency (domain §2.6).</summary>
public static class EmergencyPath
{
    public static Breach? Of(Deployment deployment, DateTimeOffset now) => Breach.Together(
        [.. Unnamed(deployment), .. deployment.Approvals.Where(approval => approval.Status is not ApprovalStatus.Void).Select(approval => Late(approval, now)).OfType<Breach>()]);

    /// <summary>It started without saying what it was for. Nothing mends that afterwards.</summary>
    private static IEnumerable<Breach> Unnamed(Deployment deployment) =>
        deployment is { Plan: { Category: ChangeCategory.Emergency, Incident: null, Rehearsal: null }, StartedAt: { } started }
            ? [new Breach(started, "It started as an emergency and names no incident and no security notice.")]
            : [];

    /// <summary>An approval that was owed is overdue, or was given after the day on which it was due. A no mends it, too: somebody answered for it.</summary>
    private static Breach? Late(Approval approval, DateTimeOffset now)
    {
        if (approval.DueAt is not { } due || (approval.DecidedAt ?? now) < due || (approval.DecidedAt is null && approval.Status is not ApprovalStatus.Deferred)) return null;

        var sentence = $"The glass was broken, and the retrospective approval was due by {due:yyyy-MM-dd HH:mm} UTC.";
        return approval is { DecidedAt: { } at, DecidedBy: { } by }
            ? new Breach(due, sentence, new Mending(at, $"{by.Name} {(approval.Status is ApprovalStatus.Rejected ? "disagreed" : "approved")} afterwards, {Words.Of(at - due)} late."))
            : new Breach(due, sentence);
    }
}
