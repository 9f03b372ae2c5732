using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Gathers what an expansion needs from the tables: the model's content and the targets' values.</summary>
public static class RunPreparation
{
    public static Task<Expansion> ExpansionOfAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) =>
        db.ExpansionOfAsync(deployment, (DateTimeOffset?)null, cancellationToken);

    /// <param name="at">When a run starts, so that people can be asked; null for what asks nobody.</param>
    public static async Task<Expansion> ExpansionOfAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var model = await db.ModelVersions.AsNoTracking().SingleAsync(version => version.Id == deployment.ModelVersionId, cancellationToken);
        return await db.ExpansionOfAsync(deployment, model.Content, at, cancellationToken);
    }

    /// <summary>The same with what a model says that is no version yet.</summary>
    public static async Task<Expansion> ExpansionOfAsync(this DeployHubDb db, Deployment deployment, ModelContent model, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var environment = await db.Environments.AsNoTracking().SingleAsync(known => known.Id == deployment.EnvironmentId, cancellationToken);
        var manifests = await db.ManifestsOfAsync(deployment.Plan, cancellationToken);
        return new Expansion(
            deployment.Number, deployment.Plan.Environment, model, deployment.Plan.Parameters,
            VersionsOf(deployment.Plan), await db.RunTargetsAsync(deployment.Plan, cancellationToken))
        {
            Variables = deployment.Plan.Variables.Where(variable => variable.IsForAll).ToDictionary(variable => variable.Name, variable => variable.Value),
            Manifests = manifests,
            DeployAgain = deployment.Plan.DeployAgain,
            FailAt = deployment.Plan.Rehearsal?.FailAt,
            PromotionSource = environment.Policy.PromotionSource,
            Watched = environment.Watch?.Facts ?? [],
            TrustPolicies = await db.TrustPoliciesOnAsync(deployment.Plan, cancellationToken),
            People = model.AsksReaders ? await db.PeopleAroundAsync(deployment, at, cancellationToken) : [],
            Acknowledged = model.AsksReaders ? await db.AcknowledgedBeforeAsync(deployment.Plan, manifests, cancellationToken) : [],
            Planners = environment.IsLive ? deployment.Planners : [],
        };
    }

    private static async Task<IReadOnlyDictionary<ComponentVersionId, IReadOnlyList<TrustPolicy>>> TrustPoliciesOnAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var inForce = await db.PoliciesInForceAsync([plan], cancellationToken);
        return plan.Versions.Where(version => !version.IsRemoval).ToDictionary(version => version.VersionId!.Value, version => inForce.On(version, plan.Tier));
    }

    private static async Task<IReadOnlyDictionary<ComponentVersionId, IReadOnlyDictionary<string, string>>> ManifestsOfAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.VersionIds;
        return await db.ComponentVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Manifest, cancellationToken);
    }

    /// <summary>Everybody with an account, and what they are where the deployment happens.</summary>
    private static async Task<IReadOnlyList<KnownPerson>> PeopleAroundAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset? at, CancellationToken cancellationToken) =>
    [
        .. (await db.ColleaguesAsync(deployment, cancellationToken)).Where(colleague => !colleague.HasLeft)
            .Select(colleague => new KnownPerson(colleague.Person, colleague.Email, colleague.Roles) { Slots = SlotsOf(deployment, colleague, at) }),
    ];

    /// <summary>Those that the plan names them for, and those that it leaves empty and they are fit for.</summary>
    private static string[] SlotsOf(Deployment deployment, Colleague colleague, DateTimeOffset? at) =>
    [
        .. (deployment.Plan.Roles ?? []).Select(slot => slot.Name).Where(slot => deployment.PeopleOf(slot) is { Count: > 0 } named
            ? named.Any(colleague.Person.Is)
            : at is { } now && colleague.Objection(deployment.Plan, slot, now) is null),
    ];

    public static IReadOnlyList<MovedVersion> VersionsOf(Plan plan) =>
        [.. plan.Versions.Select(version => new MovedVersion(version.ComponentId, version.Component, version.VersionId, version.Label, version.Digest))];

    public static async Task<IReadOnlyList<RunTarget>> RunTargetsAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.Targets.Select(target => target.Id).ToList();
        var variables = plan.Variables.SelectMany(variable => variable.Targets.Select(target => (target, variable))).ToLookup(pair => pair.target, pair => pair.variable);
        var targets = await db.Targets.AsNoTracking().Where(target => ids.Contains(target.Id)).OrderBy(target => target.Name).ToListAsync(cancellationToken);
        return [.. targets.Select(target => new RunTarget(target.Id, target.Name, ValuesOf(target), target.Pool) { Labels = target.Labels, Variables = variables[target.Name].ToDictionary(variable => variable.Name, variable => variable.Value) })];
    }

    private static Dictionary<string, string> ValuesOf(Target target)
    {
        var values = new Dictionary<string, string>(target.Variables);
        switch (target.Connection)
        {
            case LocalConnection local:
                values["directory"] = local.Directory;
                break;
            case SshConnection ssh:
                (values["directory"], values["host"]) = (ssh.Directory, ssh.Host);
                break;
        }

        return values;
    }

    /// <summary>What leads a halted run back, or why nothing does.</summary>
    public static async Task<Result<RollbackPlan>> RollbackPlanAsync(this DeployHubDb db, Run run, CancellationToken cancellationToken)
    {
        var deployment = await db.Deployments.SingleAsync(candidate => candidate.Id == run.DeploymentId, cancellationToken);
        if (deployment.Plan.RollbackMethod is RollbackMethod.Irreversible) return RunErrors.Irreversible;

        return (await db.ExpansionOfAsync(deployment, cancellationToken)).RollBack(run);
    }
}
