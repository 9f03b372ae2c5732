using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Clashing;

namespace DeployHub.Domain.Deployments;

/// <summary>Clashes with other deployments that somebody takes the responsibility for.</summary>
public sealed partial class Deployment
{
    /// <summary>Each bound to the other and to what they shared then; the newest of a number counts.</summary>
    public IReadOnlyList<AcceptedClash> AcceptedClashes { get; private set; } = [];

    /// <summary>
    /// Lives with a clash, for a reason, and tells the owner of the other. Refused with <c>clash.none</c> where the two do not clash and with
    /// <c>clash.same-lock</c> where they need the same lock.
    /// </summary>
    /// <param name="clashes">What stands between the two now.</param>
    public Result AcceptClash(Deployment other, IReadOnlyList<Clash> clashes, string reason, Actor by, DateTimeOffset at)
    {
        if (by.Kind is not ActorKind.Person) return ClashErrors.PeopleAccept;
        if (Status is not (DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return ClashErrors.NothingToAccept;
        if (clashes.Count == 0) return ClashErrors.NotClashing(Number, other.Number);
        if (clashes.FirstOrDefault(clash => !clash.MayBeAccepted) is { } locked) return ClashErrors.SameLock(locked);

        AcceptedClashes = [.. AcceptedClashes.Where(accepted => accepted.With != other.Number), new AcceptedClash(other.Number, reason, by, at, [.. clashes.Select(AcceptedPart.Of)])];
        Append("AcceptClash", $"{by.Name} accepted the clash with {other.Number}: {reason}", by, at);
        other.Append("AcceptClash", $"{by.Name} accepted that {Number} happens at the same time: {reason}", by, at);
        return Result.Success;
    }
}
