using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inventory;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Look-ups that several commands share.</summary>
public static class DeploymentLookups
{
    public static Task<Deployment?> FindDeploymentAsync(this DeployHubDb db, string number, CancellationToken cancellationToken) =>
        db.Deployments.SingleOrDefaultAsync(deployment => deployment.Number == number, cancellationToken);

    /// <summary>The keys that scope the rights of whoever does anything with it: of every service whose components it moves, its own first, and of its environment.</summary>
    public static async Task<(IReadOnlyList<string> Services, string Environment)> WholeScopeOfAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        (await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken), deployment.Plan.Environment);

    /// <summary>Keys of the services whose components are moved, in the order of the versions.</summary>
    public static async Task<IReadOnlyList<string>> ServicesOfAsync(this DeployHubDb db, IReadOnlyList<PlannedVersion> versions, CancellationToken cancellationToken)
    {
        var services = await db.ServicesByComponentAsync(versions.Select(version => version.ComponentId), cancellationToken);
        return [.. versions.Select(version => services[version.ComponentId]).Distinct()];
    }

    /// <summary>Keys of the services of a plan, where the owners of its components are known already.</summary>
    public static IReadOnlyList<string> Of(this IReadOnlyDictionary<ComponentId, string> owners, Plan plan) => [.. plan.Versions.Select(version => owners[version.ComponentId]).Distinct()];

    /// <summary>The key of the service that owns each component.</summary>
    public static async Task<IReadOnlyDictionary<ComponentId, string>> ServicesByComponentAsync(this DeployHubDb db, IEnumerable<ComponentId> components, CancellationToken cancellationToken)
    {
        var ids = components.Distinct().ToList();
        return await (from component in db.Components where ids.Contains(component.Id) join service in db.Services on component.ServiceId equals service.Id select new { component.Id, service.Key })
            .ToDictionaryAsync(owned => owned.Id, owned => owned.Key, cancellationToken);
    }

    /// <summary>Planned for what others left out, and not given up.</summary>
    public static IQueryable<Deployment> ResidualDeployments(this DeployHubDb db) =>
        db.Deployments.Where(residual => residual.ResidualOf != null && residual.Status != DeploymentStatus.Cancelled && residual.Status != DeploymentStatus.Expired);

    /// <summary>The number of the deployment planned for what another one left out; null when none is, or nothing came of it.</summary>
    public static Task<string?> ResidualOfAsync(this DeployHubDb db, DeploymentId partial, CancellationToken cancellationToken) =>
        db.ResidualDeployments().Where(residual => residual.ResidualOf == partial).Select(residual => residual.Number).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Those that succeeded and were no rehearsals.</summary>
    public static IQueryable<Deployment> RealSuccesses(this DeployHubDb db) =>
        db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.plan ->> 'rehearsal' is null")
            .Where(known => known.CompletedAt != null && (known.Outcome == Outcome.Succeeded || known.Outcome == Outcome.SucceededAfterIntervention));

    /// <summary>What the start gates have to know (domain §2.4.2).</summary>
    public static async Task<GateFacts> GateFactsAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await db.GateFactsAsync([deployment], at, cancellationToken))[deployment.Id];

    /// <summary>The same for several at once, for the price of one.</summary>
    public static async Task<IReadOnlyDictionary<DeploymentId, GateFacts>> GateFactsAsync(this DeployHubDb db, IReadOnlyList<Deployment> deployments, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var models = deployments.Select(deployment => deployment.ModelVersionId).ToList();
        var versions = deployments.SelectMany(deployment => deployment.Plan.VersionIds).ToList();
        var targets = deployments.SelectMany(deployment => deployment.Plan.Targets, (_, target) => target.Id).ToList();
        var environments = deployments.Select(deployment => deployment.EnvironmentId).ToList();

        var standing = await db.ModelVersions.Where(model => models.Contains(model.Id))
            .ToDictionaryAsync(model => model.Id, model => new ModelStanding(model.Status, model.DeprecatedAt, model.Digest, model.WasSuspended), cancellationToken);
        var recalled = await db.ComponentVersions.Where(version => versions.Contains(version.Id) && version.RecallReason != null).Select(version => version.Id).ToListAsync(cancellationToken);
        var retired = await db.Targets.Where(target => targets.Contains(target.Id) && target.RetiredAt != null).Select(target => target.Id).ToListAsync(cancellationToken);
        var halted = await db.Deployments.AsNoTracking().Where(other => environments.Contains(other.EnvironmentId) && other.Status == DeploymentStatus.Halted).ToListAsync(cancellationToken);

        var missing = await db.MissingPartiesAsync(deployments, cancellationToken);
        var named = await db.NamedPeopleAsync(deployments, cancellationToken);
        var relations = await RelationFacts.ReadAsync(db, deployments, cancellationToken);
        var policies = await db.PoliciesInForceAsync(deployments.Select(deployment => deployment.Plan), cancellationToken);
        var calendars = await db.CalendarFactsAsync(deployments, at, cancellationToken);
        var changes = await db.ChangeStandingsAsync(deployments, cancellationToken);

        return deployments.ToDictionary(deployment => deployment.Id, deployment => new GateFacts(
            standing.GetValueOrDefault(deployment.ModelVersionId) ?? new ModelStanding(ModelVersionStatus.Draft, null, deployment.Plan.ModelDigest), // a document that is simulated is no version
            [.. deployment.Plan.Versions.Where(version => version.VersionId is { } id && recalled.Contains(id)).Select(version => version.Label)],
            [.. deployment.Plan.Targets.Where(target => retired.Contains(target.Id)).Select(target => target.Name)],
            [.. halted.Where(other => StandsInTheWay(other, deployment)).Select(other => other.Number)])
        {
            Policies = policies.On(deployment.Plan),
            Calendar = calendars[deployment.Id],
            Colleagues = [.. named[deployment.Id]],
            MissingParties = [.. missing[deployment.Id]],
            Predecessors = relations.PredecessorsOf(deployment),
            Campaign = relations.CampaignOf(deployment),
            Change = changes.GetValueOrDefault(deployment.Id),
        });
    }

    private static bool StandsInTheWay(Deployment halted, Deployment deployment) =>
        halted.EnvironmentId == deployment.EnvironmentId && halted.Id != deployment.Id && halted.SupersededBy != deployment.Id
        && halted.Plan.Versions.Any(other => deployment.Plan.Versions.Any(version => version.ComponentId == other.ComponentId));
}
