using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments.Staffing;

/// <summary>Somebody with an account, or a machine with a token, as they stand where a deployment happens.</summary>
/// <param name="Roles">Those that they hold for its service and environment.</param>
/// <param name="Qualifications">All that they hold or held.</param>
/// <param name="HasLeft">The account is closed, or the token of a machine is not valid any more.</param>
public sealed record Colleague(Actor Person, string Email, IReadOnlyCollection<Role> Roles, IReadOnlyList<Qualification> Qualifications, bool HasLeft = false)
{
    /// <summary>Why they may not be in a slot of the plan at that time, in a sentence; null when they may.</summary>
    /// <param name="slot">Its name.</param>
    /// <remarks>A rehearsal is how people learn it, so the role is enough there.</remarks>
    public string? Objection(Plan plan, string slot, DateTimeOffset at) =>
        Objection(slot, plan.RoleSlotOf(slot) is { } wanted && plan.Rehearsal is not null ? wanted with { Qualification = null } : plan.RoleSlotOf(slot), plan.Environment, at);

    /// <param name="wanted">What the model says of the slot; null where it says nothing of the operator.</param>
    /// <param name="environment">Key of the environment in which qualifications have to count.</param>
    public string? Objection(string slot, RoleSlot? wanted, string environment, DateTimeOffset at)
    {
        if (HasLeft) return Person.Kind is ActorKind.Machine ? $"{Person.Name} has no valid token any more." : $"{Person.Name} has left, and the account is closed.";
        if (slot == RoleSlot.Operator && Person.Kind is not ActorKind.System && !PermissionMatrix.Allows(Roles, Permission.StartRuns))
            return $"{Person.Name} holds no role that may start runs of this service in {environment}.";
        if (wanted is null) return null;
        if (!Roles.Contains(wanted.Role)) return $"{Person.Name} is not {RoleSlot.ARole(wanted.Role)} for this service in {environment}.";
        if (wanted.Qualification is not { } skill) return null;

        var held = Qualifications.Where(qualification => qualification.IsOf(skill, environment) && qualification.EndedAt is null).ToList();
        if (held.Exists(qualification => qualification.Counts(at))) return null;
        return held.Where(qualification => qualification.Until < DateOnly.FromDateTime(at.UtcDateTime)).MaxBy(qualification => qualification.Until) is { Until: { } until }
            ? $"{Person.Name} held “{skill}” until {until:yyyy-MM-dd}, and it is needed on {at:yyyy-MM-dd}."
            : $"{Person.Name} does not hold “{skill}” in {environment} on {at:yyyy-MM-dd}.";
    }
}
