using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>
/// The model with which versions are deployed, or components removed, when there is no time to choose: one that is made for emergencies, which its
/// slug says as the starter emergency-fix does, else what last succeeded with the components there, else what last succeeded with them anywhere,
/// else the one that is most made for them. Answers its slug; null where none fits every one of them.
/// </summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Versions">Each as <c>component@label</c>, of whatever services; <c>component@absent</c> for a removal.</param>
public sealed record SuggestModel(string Environment, IReadOnlyList<string> Versions) : IQuery<string?>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<SuggestModel, string?>
    {
        private const int Lately = 200;
        private const string MadeForIt = "emergency";

        public async ValueTask<string?> Handle(SuggestModel query, CancellationToken cancellationToken)
        {
            var keys = query.Versions.Select(version => version.Split('@')[0]).Distinct().ToList();
            var moved = await (from component in db.Components
                               where keys.Contains(component.Key)
                               join service in db.Services on component.ServiceId equals service.Id
                               select new Moved(component.Id, component.Kind, service.Key)).ToListAsync(cancellationToken);
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Environment, cancellationToken);
            if (keys.Count == 0 || moved.Count < keys.Count || environment is null) return null;

            var published = await db.ModelVersions.AsNoTracking().Where(version => version.Status == ModelVersionStatus.Published).ToListAsync(cancellationToken);
            var removes = query.Versions.Any(RemovalInput.IsReference);
            var fitting = published.Select(version => version.Content).Where(model => Fits(model, environment, moved) && (!removes || model.Removal is not null))
                .OrderBy(model => model.AppliesTo.Breadth()).ThenBy(model => model.Model, StringComparer.Ordinal).Select(model => model.Model).ToList();
            return fitting.Find(slug => slug.StartsWith(MadeForIt, StringComparison.Ordinal)) ?? await UsedAsync(moved, environment, fitting, cancellationToken) ?? fitting.FirstOrDefault();
        }

        private static bool Fits(ModelContent model, Environment environment, IReadOnlyList<Moved> moved) =>
            moved.All(component => model.AppliesTo.Objection([component.Kind], environment.Tier, component.Service) is null)
            && (environment.Policy.AllowedModels is not { Count: > 0 } allowed || allowed.Contains(model.Model));

        /// <summary>What succeeded with all of them rather than with one, here rather than elsewhere, and lately.</summary>
        private async Task<string?> UsedAsync(IReadOnlyList<Moved> moved, Environment environment, List<string> fitting, CancellationToken cancellationToken)
        {
            var components = moved.Select(component => component.Id.Value).ToArray();
            var used = await db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.component_ids && {components}").AsNoTracking()
                .Where(past => past.Outcome == Outcome.Succeeded || past.Outcome == Outcome.SucceededAfterIntervention)
                .OrderByDescending(past => past.CompletedAt).Take(Lately).Select(past => past.Plan).ToListAsync(cancellationToken);
            return used.Where(plan => plan.Rehearsal is null && fitting.Contains(plan.Model))
                .OrderByDescending(plan => plan.Versions.Count(version => components.Contains(version.ComponentId.Value))).ThenByDescending(plan => plan.Environment == environment.Key)
                .Select(plan => plan.Model).FirstOrDefault();
        }

        private sealed record Moved(ComponentId Id, ComponentKind Kind, string Service);
    }
}
