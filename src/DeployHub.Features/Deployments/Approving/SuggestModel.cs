using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>
/// The model with which a version is deployed when there is no time to choose: one that is made for emergencies, which its slug says as the starter
/// emergency-fix does, else what last succeeded with its component there, else what last succeeded with it anywhere, else the first that applies.
/// Answers its slug; null where none fits.
/// </summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Version">As <c>component@label</c>.</param>
public sealed record SuggestModel(string Environment, string Version) : IQuery<string?>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<SuggestModel, string?>
    {
        private const int Lately = 200;
        private const string MadeForIt = "emergency";

        public async ValueTask<string?> Handle(SuggestModel query, CancellationToken cancellationToken)
        {
            var key = query.Version.Split('@')[0];
            var component = await (from known in db.Components where known.Key == key join service in db.Services on known.ServiceId equals service.Id select new { known.Id, known.Kind, known.ServiceId, Service = service.Key })
                .SingleOrDefaultAsync(cancellationToken);
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Environment, cancellationToken);
            if (component is null || environment is null) return null;

            var published = await db.ModelVersions.AsNoTracking().Where(version => version.Status == ModelVersionStatus.Published).ToListAsync(cancellationToken);
            var fitting = published.Where(version => version.Content.AppliesTo.Objection([component.Kind], environment.Tier, component.Service) is null
                && (environment.Policy.AllowedModels is not { Count: > 0 } allowed || allowed.Contains(version.Content.Model))).Select(version => version.Content.Model).Order(StringComparer.Ordinal).ToList();
            if (fitting.Find(slug => slug.StartsWith(MadeForIt, StringComparison.Ordinal)) is { } profile) return profile;

            var used = await db.Deployments.AsNoTracking()
                .Where(past => past.ServiceId == component.ServiceId && (past.Outcome == Outcome.Succeeded || past.Outcome == Outcome.SucceededAfterIntervention))
                .OrderByDescending(past => past.CompletedAt).Take(Lately).Select(past => past.Plan).ToListAsync(cancellationToken);
            return used.Where(plan => plan.Rehearsal is null && fitting.Contains(plan.Model) && plan.Versions.Any(version => version.Component == key))
                .OrderByDescending(plan => plan.Environment == environment.Key).Select(plan => plan.Model).FirstOrDefault() ?? fitting.FirstOrDefault();
        }
    }
}
