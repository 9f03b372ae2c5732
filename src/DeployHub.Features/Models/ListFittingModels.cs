using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// With which models the components of a service can be deployed, and, for each that none fits, the starters that ship for its kind: a model is
/// written from one of them. At most 200 components, in order of their keys.
/// </summary>
/// <param name="Key">Of the service.</param>
/// <param name="Component">Key of the only component wanted.</param>
public sealed record ListFittingModels(string Key, string? Component = null) : IQuery<Result<IReadOnlyList<ListFittingModels.Row>>>
{
    /// <param name="Models">Published ones that are for its kind and service, in whatever environments.</param>
    /// <param name="Coming">Those that are written or rehearsed now and would fit.</param>
    /// <param name="Starters">Empty while a published model fits.</param>
    public sealed record Row(string Component, string Name, ComponentKind Kind, IReadOnlyList<Fit> Models, IReadOnlyList<Fit> Coming, IReadOnlyList<ListStarters.Row> Starters);

    public sealed record Fit(string Slug, string Name, string Purpose, int Version, ModelVersionStatus Status);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListFittingModels, Result<IReadOnlyList<Row>>>
    {
        private const int Most = 200;

        private static readonly ModelVersionStatus[] Looked = [ModelVersionStatus.Published, ModelVersionStatus.Draft, ModelVersionStatus.InTest, ModelVersionStatus.Tested];

        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListFittingModels query, CancellationToken cancellationToken)
        {
            if (await db.Services.AsNoTracking().SingleOrDefaultAsync(service => service.Key == query.Key, cancellationToken) is not { } service) return Error.NotFound("service", query.Key);

            var components = await db.Components.AsNoTracking().Where(component => component.ServiceId == service.Id && (query.Component == null || component.Key == query.Component))
                .OrderBy(component => component.Key).Take(Most).ToListAsync(cancellationToken);
            var versions = await db.ModelVersions.AsNoTracking().Where(version => Looked.Contains(version.Status)).ToListAsync(cancellationToken);
            return components.Select(component => RowOf(component, service.Key, versions)).ToList();
        }

        private static Row RowOf(Component component, string service, List<ModelVersion> versions)
        {
            var fitting = versions.Where(version => Fits(version.Said, component.Kind, service)).OrderBy(version => version.Said!.Model, StringComparer.Ordinal)
                .Select(version => new Fit(version.Said!.Model, version.Said.Name, version.Said.Purpose, version.Number, version.Status)).ToLookup(fit => fit.Status is ModelVersionStatus.Published);
            return new Row(
                component.Key, component.Name, component.Kind, [.. fitting[true]], [.. fitting[false].Where(coming => fitting[true].All(published => published.Slug != coming.Slug))],
                fitting[true].Any() ? [] : [.. DeployHub.Features.Models.Starters.All.Where(starter => starter.Kinds.Contains(component.Kind)).Select(ListStarters.Row.Of)]);
        }

        private static bool Fits(ModelContent? model, ComponentKind kind, string service) =>
            model is { AppliesTo: var scope } && (scope.Kinds.Count == 0 || scope.Kinds.Contains(kind)) && (scope.Services.Count == 0 || scope.Services.Contains(service));
    }
}
