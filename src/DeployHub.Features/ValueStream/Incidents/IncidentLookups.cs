using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>How incidents are found, and the pages that show them.</summary>
public static class IncidentLookups
{
    /// <summary>The page of an incident.</summary>
    public static string PathOf(string reference, string source) => $"/incidents/{Uri.EscapeDataString(reference)}{(source == Incident.OwnSource ? "" : $"?source={Uri.EscapeDataString(source)}")}";

    /// <summary>An incident with its links, tracked. Refused with <c>incident.several-tools</c> where only the tool would say which one is meant.</summary>
    /// <param name="source">Key of its tool; null for the one that has no tool, else the only one there is.</param>
    internal static async Task<Result<Incident>> FindIncidentAsync(this DeployHubDb db, string reference, string? source, CancellationToken cancellationToken)
    {
        var (written, from) = (Incident.Written(reference), string.IsNullOrWhiteSpace(source) ? null : source.Trim());
        var found = await db.Incidents.Include(incident => incident.Links).Where(incident => incident.Reference == written && (from == null || incident.Source == from))
            .OrderBy(incident => incident.Source).Take(10).ToListAsync(cancellationToken);
        return found switch
        {
            [] => Error.NotFound("incident", reference),
            [var only] => only,
            _ when found.Find(incident => incident.Source == Incident.OwnSource) is { } own => own, // what names no tool means the one that has none
            _ => IncidentErrors.SeveralTools(written, found.Select(incident => incident.Source)),
        };
    }

    /// <summary>The services that a service depends on, one hop away: owners of the components that its versions in use say they need.</summary>
    internal static async Task<IReadOnlyList<ServiceId>> NeededServicesAsync(this DeployHubDb db, ServiceId service, CancellationToken cancellationToken)
    {
        var needed = await db.Database.SqlQuery<Guid>(
            $"""
            select distinct other.service_id as "Value"
            from components own
            join observed_versions seen on seen.component_id = own.id
            join targets target on target.id = seen.target_id and target.retired_at is null
            join component_versions version on version.id = seen.version_id
            cross join lateral jsonb_array_elements(version.dependencies) dependency
            join components other on other.key = dependency ->> 'component'
            where own.service_id = {service.Value} and other.service_id <> own.service_id and dependency ->> 'kind' is distinct from 'NotWith'
            """).ToListAsync(cancellationToken);
        return needed.ConvertAll(ServiceId.From);
    }

    /// <summary>Key of the service that an incident is about: it scopes the rights around it.</summary>
    internal static Task<string> ServiceOfAsync(this DeployHubDb db, Incident incident, CancellationToken cancellationToken) =>
        db.Services.Where(service => service.Id == incident.ServiceId).Select(service => service.Key).SingleAsync(cancellationToken);
}
