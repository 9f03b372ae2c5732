using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Comparing;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Comparing;

internal static class LiveComparison
{
    /// <param name="number">Of the deployment itself, which is not its own last time; null for a plan that is not saved.</param>
    public static async Task<LiveAgainstComing> CompareWithLiveAsync(
        this DeployHubDb db, Plan plan, ServiceId service, EnvironmentId environment, string? number, CancellationToken cancellationToken)
    {
        var components = await db.ComponentsAsync(plan, cancellationToken);
        var last = await db.LastSuccessAsync(service, environment, number, cancellationToken);
        var now = $"{plan.Model} v{plan.ModelVersion}";
        if (last is null) return new LiveAgainstComing(components, null, null, now, [], []);

        var isOtherModel = last.Plan.Model != plan.Model || last.Plan.ModelVersion != plan.ModelVersion;
        return new LiveAgainstComing(
            components, new LastDeployment(last.Number, last.CompletedAt!.Value), isOtherModel ? $"{last.Plan.Model} v{last.Plan.ModelVersion}" : null, now,
            ValueChange.OfParameters(last.Plan.Parameters, plan.Parameters),
            last.ServiceId == service ? ValueChange.OfVariables(last.Plan.Variables, plan.Variables) : []); // those of another service say nothing
    }

    /// <summary>Where the plan would replace a newer version by an older one, a sentence each.</summary>
    public static async Task<IReadOnlyList<string>> StepsBackAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        [.. (await db.ComponentsAsync(deployment.Plan, cancellationToken)).Select(component => component.StepBack).OfType<string>()];

    /// <summary>The newest that moved anything of the service, succeeded there and was no rehearsal.</summary>
    public static Task<Deployment?> LastSuccessAsync(this DeployHubDb db, ServiceId service, EnvironmentId environment, string? besides, CancellationToken cancellationToken) =>
        db.RealSuccesses().AsNoTracking().Where(known => known.EnvironmentId == environment && known.Number != besides).OfService(db, service)
            .OrderByDescending(known => known.CompletedAt).FirstOrDefaultAsync(cancellationToken);

    private static async Task<IReadOnlyList<ComponentComparison>> ComponentsAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var (targets, components, versions) = (plan.Targets.Select(target => target.Id).ToList(), plan.Versions.Select(version => version.ComponentId).ToList(), plan.VersionIds);
        var coming = await db.ComponentVersions.AsNoTracking().Where(version => versions.Contains(version.Id))
            .Select(version => new { version.Id, version.RegisteredAt, version.Provenance }).ToDictionaryAsync(version => version.Id, cancellationToken);
        var seen = await (from observed in db.ObservedVersions
                          where targets.Contains(observed.TargetId) && components.Contains(observed.ComponentId) && observed.VersionId != null
                          join target in db.Targets on observed.TargetId equals target.Id
                          join version in db.ComponentVersions on observed.VersionId equals version.Id
                          orderby target.Name
                          select new Seen(observed.ComponentId, target.Name, observed.Since, version.Label, version.Digest, version.RegisteredAt, version.Provenance)).AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. plan.Versions.Select(planned => planned.VersionId is { } id
                ? Compare(planned, coming[id].RegisteredAt, coming[id].Provenance, plan, [.. seen.Where(one => one.Component == planned.ComponentId)])
                : Compare(planned, null, new Dictionary<string, string>(), plan, [.. seen.Where(one => one.Component == planned.ComponentId)])),
        ];
    }

    private static ComponentComparison Compare(PlannedVersion planned, DateTimeOffset? registeredAt, IReadOnlyDictionary<string, string> provenance, Plan plan, IReadOnlyList<Seen> seen)
    {
        var live = seen.GroupBy(one => one.Digest).Select(same => same.ToList())
            .Select(same => new LiveVersion(same[0].Label, same[0].Digest, [.. same.Select(one => one.Target)], same.Max(one => one.Since), same[0].RegisteredAt, Said(same[0].Provenance, "commit")))
            .OrderByDescending(version => version.RegisteredAt).ToList();
        var absent = plan.Targets.Select(target => target.Name).Except(seen.Select(one => one.Target)).ToList();
        var commit = Said(provenance, "commit");
        var repository = Said(provenance, "repository") ?? seen.Select(one => Said(one.Provenance, "repository")).FirstOrDefault(known => known is not null);
        return new ComponentComparison(planned.Component, planned.Label, planned.Digest, registeredAt, commit, live, absent, planned.IsRemoval ? null : CommitsLink.Between(repository, live is [var only] ? only.Commit : null, commit));
    }

    /// <summary>What was reported at registration under this name, however it was written.</summary>
    private static string? Said(IReadOnlyDictionary<string, string> provenance, string name) =>
        provenance.Where(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value).FirstOrDefault();

    private sealed record Seen(
        ComponentId Component, string Target, DateTimeOffset Since, string Label, Domain.Digest Digest, DateTimeOffset RegisteredAt, IReadOnlyDictionary<string, string> Provenance);
}
