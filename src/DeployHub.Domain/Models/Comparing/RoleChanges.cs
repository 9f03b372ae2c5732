using System.Text.Json.Nodes;
using DeployHub.Domain.Models.InWords;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>Which people a plan has to name now, and had to before.</summary>
internal static class RoleChanges
{
    public static IEnumerable<ModelChange> Of(IReadOnlyList<RoleSlot> was, IReadOnlyList<RoleSlot> now)
    {
        var pairing = Pairing.Of(was, now, slot => slot.Name, Members.AreAlike);
        foreach (var gone in pairing.Removed) yield return Change(was[gone], null, ChangeKind.Removed, $"role slot {was[gone].Name} is gone: no plan names anybody for it any more");
        for (var place = 0; place < now.Count; place++)
        {
            var slot = now[place];
            if (pairing.FormerOf(place) is not { } former)
            {
                yield return Change(slot, null, ChangeKind.Added, $"new role slot {slot.Name}") with { Detail = RolesInWords.Of(slot) };
                continue;
            }

            if (was[former].Name != slot.Name) yield return Change(slot, "name", ChangeKind.Changed, $"role slot {was[former].Name} is now called {slot.Name}", was[former].Name, slot.Name);
            if (pairing.Moved.Contains(place)) yield return Change(slot, null, ChangeKind.Moved, $"role slot {slot.Name} has another place in the list");
            foreach (var member in Members.Compare(MembersOf(was[former]), MembersOf(slot)))
                yield return Change(slot, member.Member, member.Kind, $"role slot {slot.Name}: {member.Text}", member.Was, member.Now);
        }
    }

    private static JsonObject MembersOf(RoleSlot slot) => Members.Of(slot, "name");

    private static ModelChange Change(RoleSlot slot, string? member, ChangeKind kind, string sentence, string? was = null, string? now = null) =>
        new(new ChangePlace(ModelPart.Roles, slot.Name, member, $"roles.{slot.Name}{(member is null ? "" : $".{member}")}"), kind, sentence, was, now);
}
