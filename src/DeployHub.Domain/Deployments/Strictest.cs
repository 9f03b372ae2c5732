using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments;

/// <summary>Several sources ask for approvals, and the strictest wins (domain §2.6).</summary>
public static class Strictest
{
    /// <summary>
    /// As many slots of each kind as the source that asks for most of it, and peers until there are as many people as any one of them asks for:
    /// whoever approves with a quality is a peer as well.
    /// </summary>
    /// <param name="sources">Each on its own: the default table, the model, the environment.</param>
    public static IReadOnlyList<NeededApproval> Of(params IReadOnlyList<NeededApproval>[] sources)
    {
        var kinds = sources.SelectMany(source => source.Where(IsMoreThanAPeer)).DistinctBy(KindOf).ToList();
        var named = kinds.SelectMany(kind => sources.Select(source => source.Where(kind.IsSameSlotAs).ToList()).MaxBy(slots => slots.Count)!).ToList();
        var most = sources.MaxBy(source => source.Count)!;
        return [.. named, .. most.Where(slot => !IsMoreThanAPeer(slot)).Concat(most.Where(IsMoreThanAPeer).Select(slot => slot with { Quality = ApproverQuality.Peer, ByApprover = false, ByManager = false })).Take(Math.Max(0, most.Count - named.Count))];
    }

    private static bool IsMoreThanAPeer(NeededApproval slot) => slot.Quality is not ApproverQuality.Peer || slot.ByApprover || slot.ByManager;

    private static (ApproverQuality, bool, bool) KindOf(NeededApproval slot) => (slot.Quality, slot.ByApprover, slot.ByManager);
}
