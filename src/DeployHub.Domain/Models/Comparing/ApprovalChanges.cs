using DeployHub.Domain.Models.InWords;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>What is asked of approvals now, and was before.</summary>
internal static class ApprovalChanges
{
    public static IEnumerable<ModelChange> Of(IReadOnlyList<ApprovalDemand> was, IReadOnlyList<ApprovalDemand> now)
    {
        var pairing = Pairing.Of(was, now, demand => demand.Case);
        foreach (var gone in pairing.Removed) yield return Change(gone, null, ChangeKind.Removed, $"approvals of its own for {was[gone].Case} are gone (were {RolesInWords.Of(was[gone])})");
        for (var place = 0; place < now.Count; place++)
        {
            var demand = now[place];
            if (pairing.FormerOf(place) is not { } former)
            {
                yield return Change(place, null, ChangeKind.Added, $"new approvals for {demand.Case}: {RolesInWords.Of(demand)}");
                continue;
            }

            if (pairing.Moved.Contains(place)) yield return Change(place, null, ChangeKind.Moved, $"approvals for {demand.Case} have another place in the list");
            foreach (var member in Members.Compare(Members.Of(was[former], "tier", "category"), Members.Of(demand, "tier", "category")))
                yield return Change(place, member.Member, member.Kind, $"approvals for {demand.Case}: {member.Text}", member.Was, member.Now);
        }
    }

    private static ModelChange Change(int place, string? member, ChangeKind kind, string sentence, string? was = null, string? now = null) =>
        new(new ChangePlace(ModelPart.Approvals, null, member, $"approvals[{place}]{(member is null ? "" : $".{member}")}"), kind, sentence, was, now);
}
