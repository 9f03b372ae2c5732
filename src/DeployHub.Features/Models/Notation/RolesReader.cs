using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads which people a model wants: its role slots, and the approvals that it asks for.</summary>
internal static class RolesReader
{
    /// <summary>Null for none, however that is written.</summary>
    public static IReadOnlyList<RoleSlot>? Roles(MapReader model) =>
        model.NamedMaps("roles", SourceLimits.Roles).Select(slot => Role(slot.Name, slot.Value)).ToList() is { Count: > 0 } slots ? slots : null;

    public static IReadOnlyList<ApprovalDemand>? Approvals(MapReader model) =>
        model.Maps("approvals", SourceLimits.Approvals).Select(Approval).ToList() is { Count: > 0 } demands ? demands : null;

    private static RoleSlot Role(string name, MapReader written)
    {
        var slot = new RoleSlot(
            name, written.Choice<Role>("role"), written.TextOrNull("qualification"), written.Number("people", 1), written.Has("optional") && written.Flag("optional"),
            written.TextsOrNull("differsFrom") is { Count: > 0 } others ? others : null, written.TextOrNull("description")?.Trim());
        written.Done();
        return slot;
    }

    private static ApprovalDemand Approval(MapReader written)
    {
        var demand = new ApprovalDemand(
            written.Choice<Tier>("tier"), written.Choices<ApproverQuality>("qualities"), written.ChoiceOrNull<ChangeCategory>("category") ?? ChangeCategory.Normal,
            written.Has("atLeast") ? written.Number("atLeast") : null);
        written.Done();
        return demand;
    }
}
