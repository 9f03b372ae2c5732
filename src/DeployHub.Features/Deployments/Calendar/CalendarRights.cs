using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Who may say what of the calendar: a deployment manager everywhere, a release manager in their scope, the owner in their environment (domain §4.2).</summary>
internal static class CalendarRights
{
    /// <summary>Why not; null when it is permitted.</summary>
    public static Error? RefusalOf(this Caller caller, Permission permission, CalendarScope scope)
    {
        if (caller.RefusalOf(permission, scope.Service, scope.Environment) is { } refusal) return refusal;

        var roles = caller.RolesIn(scope.Service, scope.Environment);
        var asManager = roles.Contains(Role.DeploymentManager) || (permission is Permission.DeclareFreezes && roles.Contains(Role.ReleaseManager)) || caller.Actor.Kind is ActorKind.System;
        return asManager || (scope.Environment is { } environment && caller.OwnsEnvironment(environment)) ? null : NotTheOwner(permission, scope);
    }

    private static Error NotTheOwner(Permission permission, CalendarScope scope)
    {
        var who = scope.Environment is { } environment ? $"an approver with the quality environment owner for {environment}, or a deployment manager" : "a deployment manager";
        return new Error(ErrorKind.Forbidden, "calendar.not-the-owner", $"You may not {Words.Of(permission)} for {scope.InWords()}: this right belongs to {who}. Ask them.") { WhoCould = who };
    }
}
