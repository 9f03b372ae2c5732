using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>What has to be known of a deployment to say whether it may have caused an incident (domain M7).</summary>
/// <param name="Services">Those whose components it moves.</param>
/// <param name="ExecutedAt">When the first of its runs began to touch targets; null while none did.</param>
/// <param name="CompletedAt">Null while it goes on.</param>
public sealed record SuspectDeployment(
    DeploymentId Id, string Number, IReadOnlyCollection<ServiceId> Services, EnvironmentId Environment, bool IsLive, DateTimeOffset? ExecutedAt, DateTimeOffset? CompletedAt)
{
    /// <summary>So long after its end an incident is presumed related.</summary>
    public static readonly TimeSpan Observation = TimeSpan.FromHours(72);

    /// <summary>
    /// The incident began between its first touch and the end of its observation, and its service is one that was deployed, or depends on one that was.
    /// An incident that names no environment is one of live environments.
    /// </summary>
    /// <param name="needs">The services that the incident's service depends on, one hop away.</param>
    public bool Fits(Incident incident, IReadOnlyCollection<ServiceId> needs) =>
        MayHaveCaused(incident) && !(CompletedAt + Observation < incident.StartedAt)
        && (incident.EnvironmentId is { } where ? Environment == where : IsLive)
        && Services.Any(service => service == incident.ServiceId || needs.Contains(service));

    /// <summary>It had touched something before the incident began, or in the same instant.</summary>
    public bool MayHaveCaused(Incident incident) => ExecutedAt <= incident.StartedAt;
}
