using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>An incident and a deployment that somebody says something about.</summary>
internal sealed record LinkedDeployment(Incident Incident, SuspectDeployment Deployment)
{
    /// <summary>Refused where the caller may not within the incident's service.</summary>
    /// <param name="source">Key of the incident's tool; null for the one that has none, else the only one there is.</param>
    public static async Task<Result<LinkedDeployment>> FindAsync(
        DeployHubDb db, Caller caller, Permission permission, string reference, string? source, string number, CancellationToken cancellationToken)
    {
        var found = await db.FindIncidentAsync(reference, source, cancellationToken);
        if (found.Error is { } missing) return missing;
        if (caller.RefusalAround(permission, await db.ServiceOfAsync(found.Value, cancellationToken)) is { } outOfReach) return outOfReach;
        if (await db.FindDeploymentAsync(number.Trim(), cancellationToken) is not { } deployment)
            return Error.Invalid("deployment.not-found", "Deployment", $"There is no deployment “{number}”. Write its number, such as DEP-2026-000123.");

        return new LinkedDeployment(found.Value, await db.SuspectAsync(deployment, cancellationToken));
    }
}
