using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>An environment that is not live.</summary>
/// <param name="Targets">How many it has in service.</param>
/// <param name="Objection">Why the model does not fit it, in a sentence; null where it does.</param>
internal sealed record RehearsalGround(Environment Environment, int Targets, string? Objection)
{
    /// <summary>It would fit if it had a target.</summary>
    public bool IsOnlyEmpty(ModelContent content) => Targets == 0 && RehearsalGrounds.ObjectionTo(content, Environment, 1) is null;
}

/// <summary>The last time that a run went there with the model.</summary>
/// <param name="Components">Keys of what it moved.</param>
internal sealed record RehearsalBefore(string Number, EnvironmentId Environment, IReadOnlyList<string> Components, bool WasRehearsed);

/// <summary>Where a model can be rehearsed, and where a service has been before: another team's environment is not chosen for it.</summary>
internal static class RehearsalGrounds
{
    private const int Most = 50, MostVariables = 200;

    /// <summary>Those that are not live, by their order; at most 50.</summary>
    public static async Task<List<RehearsalGround>> RehearsalGroundsAsync(this DeployHubDb db, ModelContent content, CancellationToken cancellationToken)
    {
        var rows = await db.Environments.AsNoTracking().Where(environment => !environment.IsLive).OrderBy(environment => environment.Order).ThenBy(environment => environment.Key)
            .Select(environment => new { Environment = environment, Targets = db.Targets.Count(target => target.EnvironmentId == environment.Id && target.RetiredAt == null) })
            .Take(Most).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new RehearsalGround(row.Environment, row.Targets, ObjectionTo(content, row.Environment, row.Targets)))];
    }

    public static string? ObjectionTo(ModelContent content, Environment environment, int targets)
    {
        if (content.AppliesTo.Tiers is { Count: > 0 } tiers && !tiers.Contains(environment.Tier))
            return $"{environment.Name} is of tier {Words.Of(environment.Tier)}; the model is for {Words.List(tiers.Select(tier => Words.Of(tier)))}.";
        if (environment.Policy.AllowedModels is { Count: > 0 } allowed && !allowed.Contains(content.Model))
            return $"{environment.Name} allows only the models {Words.List(allowed)}.";
        return targets == 0 ? $"{environment.Name} has no target in service." : null;
    }

    /// <summary>Null where none of the services has taken any version of the model to any of the environments.</summary>
    public static async Task<RehearsalBefore?> RehearsedBeforeAsync(
        this DeployHubDb db, ModelId model, IReadOnlyCollection<ServiceId> services, IReadOnlyCollection<EnvironmentId> grounds, CancellationToken cancellationToken)
    {
        var last = await db.Deployments.AsNoTracking()
            .Where(deployment => services.Contains(deployment.ServiceId) && grounds.Contains(deployment.EnvironmentId) && deployment.RunCount > 0)
            .Where(deployment => db.ModelVersions.Any(version => version.ModelId == model && version.Id == deployment.ModelVersionId))
            .OrderByDescending(deployment => deployment.Number).Select(deployment => new { deployment.Number, deployment.EnvironmentId, deployment.Plan })
            .FirstOrDefaultAsync(cancellationToken);
        return last is null
            ? null
            : new RehearsalBefore(last.Number, last.EnvironmentId, [.. last.Plan.Versions.Select(version => version.Component)], last.Plan.Rehearsal is not null);
    }

    /// <summary>Where a component was seen last, and on how many targets; null where it was seen in none of the environments.</summary>
    public static async Task<(EnvironmentId Environment, int Targets)?> SeenInAsync(
        this DeployHubDb db, ComponentId component, IReadOnlyCollection<EnvironmentId> grounds, CancellationToken cancellationToken)
    {
        var there = await (from seen in db.ObservedVersions
                           where seen.ComponentId == component && seen.VersionId != null
                           join target in db.Targets on seen.TargetId equals target.Id
                           where target.RetiredAt == null && grounds.Contains(target.EnvironmentId)
                           group seen by target.EnvironmentId into place
                           orderby place.Max(seen => seen.ObservedAt) descending
                           select new { Environment = place.Key, Targets = place.Count() }).FirstOrDefaultAsync(cancellationToken);
        return there is null ? null : (there.Environment, there.Targets);
    }

    /// <summary>
    /// The first of the environments, as they are ordered, that a service uses: its components were seen there, it planned something for it, or a
    /// variable of it names it.
    /// </summary>
    public static async Task<RehearsalGround?> UsedByAsync(this DeployHubDb db, ServiceId service, IReadOnlyList<RehearsalGround> grounds, CancellationToken cancellationToken)
    {
        var ids = grounds.Select(ground => ground.Environment.Id).ToList();
        var seen = from observed in db.ObservedVersions
                   join component in db.Components on observed.ComponentId equals component.Id
                   where component.ServiceId == service && observed.VersionId != null
                   join target in db.Targets on observed.TargetId equals target.Id
                   where target.RetiredAt == null
                   select target.EnvironmentId;
        var planned = db.Deployments.Where(deployment => deployment.ServiceId == service).Select(deployment => deployment.EnvironmentId);
        var used = await db.Environments.Where(environment => ids.Contains(environment.Id) && (seen.Contains(environment.Id) || planned.Contains(environment.Id)))
            .Select(environment => environment.Key).ToListAsync(cancellationToken);
        var variables = await db.Variables.AsNoTracking().Where(variable => variable.ServiceId == service).OrderBy(variable => variable.Name).Select(variable => variable.Values)
            .Take(MostVariables).ToListAsync(cancellationToken);
        var named = variables.SelectMany(values => values).Select(value => value.Environment).OfType<string>();

        return grounds.FirstOrDefault(ground => used.Concat(named).Contains(ground.Environment.Key));
    }
}
