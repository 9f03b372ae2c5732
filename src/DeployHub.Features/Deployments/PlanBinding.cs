using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Deviating;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.TargetLists;
using DeployHub.Features.Inventory;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>A plan bound to what really exists, and what its deployment refers to.</summary>
/// <param name="Service">Owns the first component, and is the deployment's.</param>
/// <param name="Services">Keys of all whose components it moves, the deployment's first.</param>
internal sealed record BoundPlan(Plan Plan, Slot? Slot, ServiceId Service, string ServiceKey, Environment Environment, ModelVersion Model, IReadOnlyList<string> Services);

/// <summary>Binds versions by digest, resolves targets and checks the model's rules; every objection names its field.</summary>
internal sealed partial class PlanBinding(DeployHubDb db, TimeProvider clock)
{
    public Task<Result<BoundPlan>> BindAsync(PlanInput input, CancellationToken cancellationToken) => BindAsync(input, null, null, cancellationToken);

    /// <param name="tried">What the plan is tried with instead of a published version; null for a real plan.</param>
    /// <param name="judged">What its risk is judged to be already: whoever has to agree to that is asked, too.</param>
    public async Task<Result<BoundPlan>> BindAsync(PlanInput input, ModelVersion? tried, RiskBand? judged, CancellationToken cancellationToken)
    {
        var environment = await db.Environments.SingleOrDefaultAsync(candidate => candidate.Key == input.Environment, cancellationToken);
        if (environment is null) return Error.Invalid("plan.environment-unknown", "Plan.Environment", $"There is no environment “{input.Environment}”.");

        var versions = await VersionsAsync(input.Versions, cancellationToken);
        if (versions.Error is { } unknownVersion) return unknownVersion;
        var targets = await TargetsAsync(environment, input.Targets, cancellationToken);
        if (targets.Error is { } unknownTarget) return unknownTarget;

        var component = versions.Value[0].ComponentId;
        var service = await (from owned in db.Components where owned.Id == component join owner in db.Services on owned.ServiceId equals owner.Id select owner)
            .SingleAsync(cancellationToken);
        var model = tried is null ? await PublishedAsync(input, cancellationToken) : tried;
        if (model.Error is { } unusable) return unusable;
        var services = await db.ServicesOfAsync(versions.Value, cancellationToken);
        if (services.Select(key => NotForThis(model.Value.Content, environment, versions.Value, key)).FirstOrDefault(objection => objection is not null) is { } elsewhere) return elsewhere;
        if (NotRemovable(input, model.Value.Content, versions.Value) is { } kept) return kept;
        if (await NothingThereAsync(versions.Value, targets.Value, cancellationToken) is { } nothing) return nothing;
        var rehearsal = RehearsalBinding.Bind(input.Rehearsal, environment, model.Value, versions.Value);
        if (rehearsal.Error is { } unsuited) return unsuited;
        var deviations = DeviationBinding.Bind(input, model.Value.Content);
        if (deviations.Error is { } outside) return outside;

        var variables = await VariablesAsync(service, environment, targets.Value, model.Value.Content, cancellationToken);
        if (variables.Error is { } unresolved) return unresolved;

        var after = await db.PredecessorsAsync(input.After ?? [], cancellationToken);
        if (after.Error is { } unrelated) return unrelated;

        var slot = input is { SlotStart: { } start, SlotEnd: { } end } ? new Slot(start.ToUniversalTime(), end.ToUniversalTime()) : null;
        var plan = Plan(input, environment, versions.Value, targets.Value, model.Value) with
        {
            Deviations = deviations.Value is { Count: > 0 } deviating ? deviating : null,
            Variables = variables.Value,
            Rehearsal = rehearsal.Value,
            DeployAgain = input.DeployAgain || rehearsal.Value is not null, // a rehearsal that finds its versions there would do nothing, and show nothing
            After = after.Value,
            TakesEveryTarget = await db.AreAllAsync(environment, targets.Value, cancellationToken),
        };
        var policies = (await db.PoliciesInForceAsync([plan], cancellationToken)).On(plan);
        var bound = new BoundPlan(plan, slot, service.Id, service.Key, environment, model.Value, services);
        var parties = await db.PartiesAsync(bound, input.Parties, judged, clock.GetUtcNow(), cancellationToken);
        if (parties.Error is { } unknownParty) return unknownParty;

        return bound with { Plan = plan with { Parties = parties.Value, Policies = [.. policies.Select(PlannedPolicy.Of)] } };
    }

    private static Plan Plan(PlanInput input, Environment environment, IReadOnlyList<PlannedVersion> versions, IReadOnlyList<PlannedTarget> targets, ModelVersion model) => new()
    {
        Versions = versions,
        Removal = PlannedRemovalOf(input.Removal),
        Environment = environment.Key,
        Tier = environment.Tier,
        IsLive = environment.IsLive,
        Targets = targets,
        Model = model.Content.Model,
        ModelVersion = model.Number,
        ModelDigest = model.Digest,
        Parameters = input.Parameters
            .Where(given => given.Value != model.Content.Parameters.Single(parameter => parameter.Name == given.Key).Default)
            .ToDictionary(given => given.Key, given => given.Value),
        RollbackMethod = model.Content.Rollback.Method,
        Roles = model.Content.Roles,
        AskedByModel = ApprovalDemand.Of(model.Content, environment.Tier, input.Category) is { Count: > 0 } asked ? asked : null,
        Category = input.Category,
        Reason = input.Reason,
        DeployAgain = input.DeployAgain,
        Incident = NullIfEmpty(input.Incident),
        IncidentSeverity = input.IncidentSeverity,
        ChangeReference = NullIfEmpty(input.ChangeReference),
        Start = input.Start,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<Result<IReadOnlyList<PlannedVersion>>> VersionsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var planned = new List<PlannedVersion>();
        foreach (var name in names)
        {
            var (component, label) = (name[..name.IndexOf('@')], name[(name.IndexOf('@') + 1)..]);
            if (label == WatchedFact.Absent)
            {
                if (await db.Components.AsNoTracking().SingleOrDefaultAsync(known => known.Key == component, cancellationToken) is not { } retired)
                    return Error.Invalid("plan.version-unknown", "Plan.Versions", $"There is no component “{component}” that could be removed.");
                if (planned.Exists(other => other.ComponentId == retired.Id)) return PlannedTwice(component);

                planned.Add(PlannedVersion.Absent(retired.Id, component, retired.Kind));
                continue;
            }

            var found = await (from known in db.Components
                               where known.Key == component
                               join version in db.ComponentVersions on known.Id equals version.ComponentId
                               where version.Label == label
                               select new { Component = known, Version = version }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.Invalid("plan.version-unknown", "Plan.Versions", $"No version “{label}” of a component “{component}” is registered. Register it first.");
            if (found.Version.IsRecalled) return Error.Invalid("VersionRecalled", "Plan.Versions", $"{component} {label} was recalled: {found.Version.RecallReason}");
            if (planned.Exists(other => other.ComponentId == found.Component.Id)) return PlannedTwice(component);

            planned.Add(new PlannedVersion(found.Component.Id, component, found.Component.Kind, found.Version.Id, label, found.Version.Digest));
        }

        return planned;
    }

    private static Error PlannedTwice(string component) =>
        Error.Invalid("plan.component-twice", "Plan.Versions", $"The component {component} is planned twice; a plan moves one version of it, or removes it.");

    private async Task<Result<IReadOnlyList<PlannedTarget>>> TargetsAsync(Environment environment, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var inService = await db.Targets.Where(target => target.EnvironmentId == environment.Id && target.RetiredAt == null).OrderBy(target => target.Name)
            .Select(target => new PlannedTarget(target.Id, target.Name)).ToListAsync(cancellationToken);
        if (names.FirstOrDefault(name => inService.TrueForAll(target => target.Name != name)) is { } stranger)
            return Error.Invalid("plan.target-unknown", "Plan.Targets", $"{environment.Name} has no target “{stranger}” in service.");
        if (inService.Count == 0) return Error.Invalid("plan.no-target", "Plan.Environment", $"{environment.Name} has no target in service. Register one first.");

        return names.Count == 0 ? inService : inService.Where(target => names.Contains(target.Name)).ToList();
    }

    private async Task<Result<ModelVersion>> PublishedAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var editions = await (from model in db.Models where model.Slug == input.Model join edition in db.ModelVersions on model.Id equals edition.ModelId select edition)
            .ToListAsync(cancellationToken);
        var chosen = editions.Find(edition => input.ModelVersion is { } number ? edition.Number == number : edition.Status is ModelVersionStatus.Published);
        if (chosen is null) return Error.Invalid("plan.model-unknown", "Plan.Model", $"There is no {(input.ModelVersion is { } wanted ? $"version {wanted}" : "published version")} of a model “{input.Model}”.");
        if (chosen.Status is ModelVersionStatus.Retired) return ModelErrors.Retired(input.Model, chosen.Number, editions.Find(edition => edition.Status is ModelVersionStatus.Published)?.Number);
        if (chosen.Said is null) return Error.Invalid("plan.model-has-errors", "Plan.Model", ModelErrors.HasErrors(chosen.Number).Message);

        return chosen.Status is ModelVersionStatus.Published || input.Rehearsal is not null
            ? chosen
            : Error.Invalid("plan.model-not-published", "Plan.Model", $"{input.Model} v{chosen.Number} is {Words.Of(chosen.Status)}; plans are made from published versions.");
    }

    private static Error? NotForThis(ModelContent model, Environment environment, IReadOnlyList<PlannedVersion> versions, string service)
    {
        if (model.AppliesTo.Objection(versions.Select(version => version.Kind), environment.Tier, service) is { } objection)
            return Error.Invalid("plan.model-not-applicable", "Plan.Model", $"{model.Name} does not apply here: {objection}.");
        if (environment.Policy.AllowedModels is { Count: > 0 } allowed && !allowed.Contains(model.Model))
            return Error.Invalid("plan.model-not-allowed", "Plan.Model", $"{environment.Name} allows only the models {Words.List(allowed)}.");

        return null;
    }

    private async Task<Result<IReadOnlyList<PlannedVariable>>> VariablesAsync(
        Service service, Environment environment, IReadOnlyList<PlannedTarget> planned, ModelContent model, CancellationToken cancellationToken)
    {
        if (model.VariablesRead.Count == 0) return Array.Empty<PlannedVariable>();

        var ids = planned.Select(target => target.Id).ToList();
        var targets = await db.Targets.AsNoTracking().Where(target => ids.Contains(target.Id)).OrderBy(target => target.Name).ToListAsync(cancellationToken);
        var variables = await db.Variables.AsNoTracking().Where(variable => variable.ServiceId == service.Id).ToListAsync(cancellationToken);
        return PlannedVariable.Resolve(model, service.Key, variables, environment.Key, [.. targets.Select(target => new VariablePlace(environment.Key, target.Name, target.Labels))]);
    }
}
