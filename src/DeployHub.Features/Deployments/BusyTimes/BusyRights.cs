using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>
/// Who may say what of a calendar of others: whoever plans where it concerns, as long as somebody uploads it; an administrator where workers go to an
/// address for it, since they go there from inside and with secrets, and where it says which days are public holidays, since everything that is due
/// follows it.
/// </summary>
internal static class BusyRights
{
    /// <summary>Why not; null when it is permitted.</summary>
    /// <param name="settings">As they are, and as they are to be.</param>
    public static Error? RefusalOf(this Caller caller, params IReadOnlyList<BusySettings> settings) =>
        settings.Any(one => one.Address is not null)
            ? caller.RefusalOf(Permission.ManageSettings, "say where workers fetch a calendar, or change one that they fetch")
            : settings.Any(one => one.HoldsHolidays()) ? caller.RefusalOf(Permission.ManageSettings, "say which days are public holidays")
            : caller.RefusalOf(Permission.PlanDeployments) ?? settings.Select(one => RefusalOfPlace(caller, one)).FirstOrDefault(refusal => refusal is not null);

    private static Error? RefusalOfPlace(Caller caller, BusySettings settings) => settings.Environments.Count + settings.Services.Count == 0
        ? caller.RefusalOf(Permission.PlanDeployments, null, null) // it concerns everything
        : settings.Environments.Select(key => caller.RefusalAround(Permission.PlanDeployments, environment: key))
            .Concat(settings.Services.Select(key => caller.RefusalAround(Permission.PlanDeployments, service: key)))
            .FirstOrDefault(refusal => refusal is not null);
}
