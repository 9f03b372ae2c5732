using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One version: what it is made of, where it came from, where it is.</summary>
public sealed record ShowComponentVersion(string Component, string Label) : IQuery<Result<ShowComponentVersion.View>>
{
    /// <param name="Recalled">Null while it may be deployed.</param>
    /// <param name="RowVersion">The API's <c>ETag</c>.</param>
    public sealed record View(
        string Component, string ComponentName, ComponentKind Kind, string Service, string Label, Digest Digest, IReadOnlyList<Artefact> Artefacts,
        IReadOnlyDictionary<string, string> Manifest, IReadOnlyDictionary<string, string> Provenance, IReadOnlyList<Dependency> Dependencies, string RegisteredBy, DateTimeOffset RegisteredAt,
        Recall? Recalled, IReadOnlyList<Sighting> Where, [property: JsonIgnore] uint RowVersion);

    public sealed record Recall(string Reason, string By, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowComponentVersion, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowComponentVersion query, CancellationToken cancellationToken)
        {
            var found = await (
                from version in db.ComponentVersions
                join component in db.Components on version.ComponentId equals component.Id
                join service in db.Services on component.ServiceId equals service.Id
                where component.Key == query.Component && version.Label == query.Label
                select new { Version = version, Component = component, Service = service.Key, RowVersion = EF.Property<uint>(version, "Version") })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("component-version", $"{query.Component} {query.Label}");

            var where = await Sightings.Of(db, db.Components.Where(component => component.Key == query.Component)).ToListAsync(cancellationToken);
            return Make(found.Version, found.Component, found.Service, [.. where.Where(sighting => sighting.Label == query.Label)], found.RowVersion);
        }

        private static View Make(ComponentVersion version, Component component, string service, IReadOnlyList<Sighting> where, uint rowVersion) =>
            new(component.Key, component.Name, component.Kind, service, version.Label, version.Digest, version.Artefacts, version.Manifest, version.Provenance,
                version.Dependencies, version.RegisteredBy.Name, version.RegisteredAt,
                version.IsRecalled ? new Recall(version.RecallReason!, version.RecalledBy!.Name, version.RecalledAt!.Value) : null, where, rowVersion);
    }
}
