using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One service with its components and where their versions are.</summary>
public sealed record ShowService(string Key) : IQuery<Result<ShowService.View>>
{
    /// <param name="Owner">By name.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, string Description, string Owner, string RegisteredBy, DateTimeOffset RegisteredAt,
        IReadOnlyList<Part> Components, [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>The owner's address; null for one that was written freely.</summary>
        public string? OwnerEmail { get; init; }

        /// <summary>Whose approval counts as the service owner's: approvers with that quality whose role reaches the service, by name.</summary>
        public IReadOnlyList<string> Approvers { get; init; } = [];
    }

    /// <param name="Where">Empty when no version of it was seen anywhere.</param>
    public sealed record Part(string Key, string Name, ComponentKind Kind, string? SubKind, int Versions, IReadOnlyList<Sighting> Where)
    {
        /// <summary>The label of the version that was registered last and is not recalled; null where there is none.</summary>
        public string? Newest { get; init; }
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowService, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowService query, CancellationToken cancellationToken)
        {
            var found = await db.Services.Where(service => service.Key == query.Key)
                .Select(service => new { Service = service, RowVersion = EF.Property<uint>(service, "Version") })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("service", query.Key);

            var service = found.Service;
            var (owner, email) = await db.OwnerAsync(service.Owner, cancellationToken);
            return new View(
                service.Key, service.Name, service.Description, owner, service.RegisteredBy.Name, service.RegisteredAt,
                await PartsAsync(service.Id, cancellationToken), found.RowVersion)
            { OwnerEmail = email, Approvers = await ApproversAsync(service.Key, cancellationToken) };
        }

        private async Task<IReadOnlyList<string>> ApproversAsync(string service, CancellationToken cancellationToken) =>
        [
            .. (await db.ApproversAsync(cancellationToken))
                .Where(known => known.Grants.Any(grant => IsOwners(grant, service))).Select(known => known.Person.Name),
        ];

        private static bool IsOwners(RoleGrant grant, string service) =>
            grant is { Role: Role.Approver, Quality: ApproverQuality.ServiceOwner } && (grant.Service is null || grant.Service == service);

        private async Task<IReadOnlyList<Part>> PartsAsync(ServiceId service, CancellationToken cancellationToken)
        {
            var components = db.Components.Where(component => component.ServiceId == service);
            var where = (await Sightings.Of(db, components).ToListAsync(cancellationToken)).ToLookup(sighting => sighting.Component);
            var rows = await components.OrderBy(component => component.Key)
                .Select(component => new
                {
                    component.Key,
                    component.Name,
                    component.Kind,
                    component.SubKind,
                    Versions = db.ComponentVersions.Count(version => version.ComponentId == component.Id),
                    Newest = db.ComponentVersions.Where(version => version.ComponentId == component.Id && version.RecallReason == null)
                        .OrderByDescending(version => version.RegisteredAt).Select(version => version.Label).FirstOrDefault(),
                })
                .ToListAsync(cancellationToken);
            return [.. rows.Select(row => new Part(row.Key, row.Name, row.Kind, row.SubKind, row.Versions, [.. where[row.Key]]) { Newest = row.Newest })];
        }
    }
}
