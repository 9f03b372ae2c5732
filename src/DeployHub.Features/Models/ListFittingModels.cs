using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// With which models the components of a service can be deployed, and, for each that none fits, the starters that ship for its kind: a model is
/// written from one of them. At most 200 components, in order of their keys, and 500 versions of models, in order of their slugs.
/// </summary>
/// <param name="Key">Of the service.</param>
/// <param name="Component">Key of the only component wanted.</param>
public sealed record ListFittingModels(string Key, string? Component = null) : IQuery<Result<IReadOnlyList<ListFittingModels.Row>>>
{
    /// <param name="Models">Published ones that are for its kind and service, in whatever environments, and whose steps suit what its newest version consists of.</param>
    /// <param name="Others">Published ones for its kind and service whose steps need something else than that.</param>
    /// <param name="Coming">Those that are written or rehearsed now and would fit.</param>
    /// <param name="Starters">Empty while a published model fits.</param>
    public sealed record Row(
        string Component, string Name, ComponentKind Kind, IReadOnlyList<Fit> Models, IReadOnlyList<Fit> Others, IReadOnlyList<Fit> Coming, IReadOnlyList<ListStarters.Row> Starters);

    /// <param name="Objection">Why its steps do not suit, in words that follow “it ”; null where they do.</param>
    public sealed record Fit(string Slug, string Name, string Purpose, int Version, ModelVersionStatus Status, string? Objection = null);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListFittingModels, Result<IReadOnlyList<Row>>>
    {
        private const int MostComponents = 200, MostVersions = 500;

        private static readonly string[] Looked =
            [nameof(ModelVersionStatus.Published), nameof(ModelVersionStatus.Draft), nameof(ModelVersionStatus.InTest), nameof(ModelVersionStatus.Tested)];

        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListFittingModels query, CancellationToken cancellationToken)
        {
            if (await db.Services.AsNoTracking().SingleOrDefaultAsync(service => service.Key == query.Key, cancellationToken) is not { } service) return Error.NotFound("service", query.Key);

            var components = await db.Components.AsNoTracking().Where(component => component.ServiceId == service.Id && (query.Component == null || component.Key == query.Component))
                .OrderBy(component => component.Key).Take(MostComponents)
                .Select(component => new
                {
                    component.Key,
                    component.Name,
                    component.Kind,
                    Artefacts = db.ComponentVersions.Where(version => version.ComponentId == component.Id && version.RecallReason == null)
                        .OrderByDescending(version => version.RegisteredAt).Select(version => version.Artefacts).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
            var named = components.SelectMany(component => component.Artefacts ?? []).Select(artefact => artefact.Store).Distinct().ToList();
            var stores = await db.Stores.AsNoTracking().Where(store => named.Contains(store.Key)).ToDictionaryAsync(store => store.Key, store => store.Kind, cancellationToken);
            var models = await ModelsForAsync(service.Key, cancellationToken);

            return components.ConvertAll(component => RowOf(
                component.Key, component.Name, component.Kind,
                [.. (component.Artefacts ?? []).Where(artefact => stores.ContainsKey(artefact.Store)).Select(artefact => (artefact.Path, ArtefactForms.Of(stores[artefact.Store], artefact.Path)))], models));
        }

        private static Row RowOf(string key, string name, ComponentKind kind, IReadOnlyList<(string Path, ArtefactForm Form)> artefacts, List<Head> models)
        {
            var fits = models.Where(model => model.IsFor(kind)).Select(model => model.AsFit(ArtefactForms.Objection(model.UsedSteps, artefacts))).ToList();
            var published = fits.Where(fit => fit.Status is ModelVersionStatus.Published).ToLookup(fit => fit.Objection is null);
            var (suited, others) = (published[true].ToList(), published[false].ToList());
            var coming = fits.FindAll(fit => fit is { Objection: null, Status: not ModelVersionStatus.Published } && suited.TrueForAll(known => known.Slug != fit.Slug));
            return new Row(key, name, kind, suited, others, coming, suited.Count > 0 ? [] : StartersFor(kind, artefacts));
        }

        /// <summary>Those that suit; all for its kind where none does, since each is written anew.</summary>
        private static List<ListStarters.Row> StartersFor(ComponentKind kind, IReadOnlyList<(string Path, ArtefactForm Form)> artefacts)
        {
            var shipped = DeployHub.Features.Models.Starters.All.Where(starter => starter.Kinds.Contains(kind)).ToList();
            var suited = shipped.FindAll(starter => ArtefactForms.Objection(starter.Content.Execute.Steps.Select(step => StepKinds.Of(step.Settings)), artefacts) is null);
            return [.. (suited.Count > 0 ? suited : shipped).Select(ListStarters.Row.Of)];
        }

        /// <summary>Only what is asked of each: documents are long.</summary>
        private Task<List<Head>> ModelsForAsync(string service, CancellationToken cancellationToken) => db.Database.SqlQuery<Head>(
            $"""
            select model.slug, version.number, version.status, version.content ->> 'name' as name, version.content ->> 'purpose' as purpose,
              coalesce((select string_agg(kind.value, ',') from jsonb_array_elements_text(version.content -> 'appliesTo' -> 'kinds') kind (value)), '') as kinds,
              coalesce((select string_agg(distinct step.value -> 'settings' ->> 'kind', ',') from jsonb_array_elements(version.content -> 'execute' -> 'steps') step (value)), '') as steps
            from model_versions version
            join models model on model.id = version.model_id
            where version.status = any ({Looked}) and version.content is not null
              and (coalesce(jsonb_array_length(version.content -> 'appliesTo' -> 'services'), 0) = 0 or version.content -> 'appliesTo' -> 'services' @> to_jsonb({service}::text))
            order by model.slug, version.number desc
            limit {MostVersions}
            """).ToListAsync(cancellationToken);

        /// <param name="Kinds">What it is for, with commas between; empty for anything.</param>
        /// <param name="Steps">Kinds of its Execute steps, with commas between.</param>
        private sealed record Head(string Slug, int Number, string Status, string Name, string Purpose, string Kinds, string Steps)
        {
            public string[] UsedSteps => Steps.Split(',');

            public bool IsFor(ComponentKind kind) => Kinds.Length == 0 || Kinds.Split(',').Contains(kind.ToString());

            public Fit AsFit(string? objection) => new(Slug, Name, Purpose, Number, Enum.Parse<ModelVersionStatus>(Status), objection);
        }
    }
}
