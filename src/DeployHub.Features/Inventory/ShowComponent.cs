using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One component and where its versions are. The versions themselves are a list of their own: there may be thousands.</summary>
public sealed record ShowComponent(string Key) : IQuery<Result<ShowComponent.View>>
{
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, ComponentKind Kind, string? SubKind, string Service, string ServiceName, string RegisteredBy, DateTimeOffset RegisteredAt,
        IReadOnlyList<Sighting> Where, [property: JsonIgnore] uint RowVersion);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowComponent, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowComponent query, CancellationToken cancellationToken)
        {
            var components = db.Components.Where(component => component.Key == query.Key);
            var found = await components
                .Join(db.Services, component => component.ServiceId, service => service.Id, (component, service) =>
                    new { Component = component, service.Key, service.Name, RowVersion = EF.Property<uint>(component, "Version") })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("component", query.Key);

            var component = found.Component;
            return new View(
                component.Key, component.Name, component.Kind, component.SubKind, found.Key, found.Name, component.RegisteredBy.Name, component.RegisteredAt,
                await Sightings.Of(db, components).ToListAsync(cancellationToken), found.RowVersion);
        }
    }
}
