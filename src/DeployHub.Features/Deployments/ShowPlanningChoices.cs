using DeployHub.Domain;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Deployments.Comparing;
using DeployHub.Features.Deployments.Forecasting;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What can be chosen next on the page that plans a deployment, given what is chosen already.</summary>
/// <param name="Number">Of the deployment that is edited; null for a new plan.</param>
public sealed record ShowPlanningChoices(PlanInput Chosen, string? Number = null) : IQuery<ShowPlanningChoices.View>
{
    public sealed record View(
        IReadOnlyList<Choice> Environments, IReadOnlyList<VersionChoice> Versions, IReadOnlyList<ModelChoice> Models, IReadOnlyList<Choice> Targets,
        IReadOnlyList<Parameter> Parameters, Preview? Preview)
    {
        /// <summary>Organisations that may be asked beyond the rules; at most 200.</summary>
        public IReadOnlyList<Choice> Organisations { get; init; } = [];

        /// <summary>Whom it asks for, and who could be named; empty until an environment, a version and a model are chosen.</summary>
        public IReadOnlyList<ShowPeople.SlotRow> Slots { get; init; } = [];
    }

    public sealed record Choice(string Key, string Name);

    public sealed record VersionChoice(string Reference, string Component, string Label, string Service, DateTimeOffset RegisteredAt, bool IsHere)
    {
        /// <summary>It is chosen, or that its component is removed.</summary>
        public bool IsAbout(IReadOnlyList<string> chosen) => chosen.Contains(Reference) || chosen.Contains(RemovalInput.ReferenceTo(Component));
    }

    /// <param name="Objection">Why it does not apply to what is chosen; null when it does.</param>
    public sealed record ModelChoice(string Slug, string Name, string Purpose, int Version, string? Objection);

    /// <summary>What the plan would come to.</summary>
    /// <param name="Objection">Why it cannot be saved yet; null when it can.</param>
    /// <param name="Problems">What would not hold once it is carried out, as things are now; it can be saved all the same.</param>
    public sealed record Preview(Error? Objection, int Targets, IReadOnlyList<string> Approvals, string? Digest, IReadOnlyList<string> Problems)
    {
        /// <summary>What it would risk.</summary>
        public Risk? Risk { get; init; }

        /// <summary>What would authorise it as a standard change; null for any other.</summary>
        public string? Authorised { get; init; }

        /// <summary>That the change it names would stand for approvals, in a sentence; null where it would not.</summary>
        public string? ByChange { get; init; }

        /// <summary>The trust policies that bind it.</summary>
        public IReadOnlyList<BindingPolicy> Policies { get; init; } = [];

        /// <summary>Keys of the organisations that have to agree.</summary>
        public IReadOnlyList<string> Parties { get; init; } = [];

        /// <summary>What is live against what would come; null while it cannot be said.</summary>
        public LiveAgainstComing? Live { get; init; }

        /// <summary>Why no run of it could start, such as a variable that no target has; null where one could.</summary>
        public string? CannotRun { get; init; }

        /// <summary>How long its run would take; null while it cannot be said.</summary>
        public PlanForecast? Forecast { get; init; }
    }

    public sealed record BindingPolicy(string Key, int Version, TrustPolicyState State);

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, TimeProvider clock) : IQueryHandler<ShowPlanningChoices, View>
    {
        public async ValueTask<View> Handle(ShowPlanningChoices query, CancellationToken cancellationToken)
        {
            var chosen = query.Chosen;
            var environments = await db.Environments.AsNoTracking().OrderBy(environment => environment.Order).ThenBy(environment => environment.Key).ToListAsync(cancellationToken);
            var environment = environments.Find(candidate => candidate.Key == chosen.Environment);
            var versions = await VersionsAsync(environment, cancellationToken);
            var editions = await (from model in db.Models
                                  join edition in db.ModelVersions on model.Id equals edition.ModelId
                                  where edition.Status == ModelVersionStatus.Published
                                  orderby model.Slug
                                  select edition).AsNoTracking().ToListAsync(cancellationToken);
            var planned = chosen.Rehearsal is null ? editions.Find(edition => edition.Content.Model == chosen.Model) : await RehearsedAsync(chosen, cancellationToken);
            return new View(
                [.. environments.Select(known => new Choice(known.Key, known.Name))], versions, Models(chosen, environment, versions, editions),
                environment is null ? [] : await TargetsAsync(environment, cancellationToken),
                planned?.Said?.Parameters ?? [],
                environment is null || chosen.Versions.Count == 0 || chosen.Model.Length == 0 ? null : await PreviewAsync(query, cancellationToken))
            {
                Organisations = await db.Organisations.Where(organisation => organisation.Ended == null).OrderBy(organisation => organisation.Key)
                    .Select(organisation => new Choice(organisation.Key, organisation.Name)).Take(200).ToListAsync(cancellationToken),
                Slots = environment is not null && planned?.Said is { } said && versions.Where(version => version.IsAbout(chosen.Versions)).Select(version => version.Service).Distinct().ToList() is [_, ..] services
                    ? await SlotsAsync(chosen, said, services, environment, cancellationToken)
                    : [],
            };
        }

        private async Task<IReadOnlyList<VersionChoice>> VersionsAsync(Environment? environment, CancellationToken cancellationToken)
        {
            var here = environment is null ? [] : await (from seen in db.ObservedVersions
                                                         join target in db.Targets on seen.TargetId equals target.Id
                                                         where target.EnvironmentId == environment.Id && seen.VersionId != null
                                                         select seen.VersionId).Distinct().ToListAsync(cancellationToken);
            var rows = await (from version in db.ComponentVersions
                              where version.RecallReason == null
                              join component in db.Components on version.ComponentId equals component.Id
                              join service in db.Services on component.ServiceId equals service.Id
                              orderby component.Key, version.RegisteredAt descending
                              select new { version.Id, component.Key, version.Label, Service = service.Key, version.RegisteredAt }).Take(500).ToListAsync(cancellationToken);
            return [.. rows.Select(row => new VersionChoice($"{row.Key}@{row.Label}", row.Key, row.Label, row.Service, row.RegisteredAt, here.Contains(row.Id)))];
        }

        private async Task<IReadOnlyList<ShowPeople.SlotRow>> SlotsAsync(PlanInput chosen, ModelContent model, IReadOnlyList<string> services, Environment environment, CancellationToken cancellationToken)
        {
            var (now, start) = (clock.GetUtcNow(), chosen.SlotStart);
            var staff = await KnownStaff.ReadAsync(db, null, cancellationToken);
            return ShowPeople.RowsOf(model.Roles, environment.Key, [], staff.Around(services, environment.Key), start > now ? start.Value : now);
        }

        private async Task<ModelVersion?> RehearsedAsync(PlanInput chosen, CancellationToken cancellationToken) =>
            chosen.ModelVersion is { } number ? await db.VersionsOf(chosen.Model).AsNoTracking().SingleOrDefaultAsync(version => version.Number == number, cancellationToken) : null;

        private static List<ModelChoice> Models(PlanInput chosen, Environment? environment, IReadOnlyList<VersionChoice> versions, List<ModelVersion> editions)
        {
            var services = versions.Where(version => version.IsAbout(chosen.Versions)).Select(version => version.Service).Distinct().ToList();
            var removes = chosen.Versions.Any(RemovalInput.IsReference);
            return
            [
                .. editions.Select(edition => new ModelChoice(
                    edition.Content.Model, edition.Content.Name, edition.Content.Purpose, edition.Number,
                    environment is null || services.Count == 0 ? null
                    : services.Select(service => edition.Content.AppliesTo.Objection([], environment.Tier, service)).FirstOrDefault(objection => objection is not null)
                        ?? (removes && edition.Content.Removal is null ? "it does not say how a component is removed" : null))),
            ];
        }

        private async Task<IReadOnlyList<Choice>> TargetsAsync(Environment environment, CancellationToken cancellationToken) =>
            await db.Targets.Where(target => target.EnvironmentId == environment.Id && target.RetiredAt == null).OrderBy(target => target.Name)
                .Select(target => new Choice(target.Name, target.Name)).ToListAsync(cancellationToken);

        private async Task<Preview> PreviewAsync(ShowPlanningChoices query, CancellationToken cancellationToken)
        {
            if (new PlanInputValidator().Validate(query.Chosen).Errors is [var lack, ..]) return new Preview(Error.Invalid(Error.InvalidInput, lack.PropertyName, lack.ErrorMessage), 0, [], null, []);

            var bound = await BindAsync(query, cancellationToken);
            if (bound.Error is { } objection) return new Preview(objection, 0, [], null, []);

            var judged = await db.JudgeAsync(bound.Value, clock.GetUtcNow(), cancellationToken);
            if (judged.Error is { } unauthorised) return new Preview(unauthorised, 0, [], null, []);

            var policies = (await db.PoliciesInForceAsync([bound.Value.Plan], cancellationToken)).On(bound.Value.Plan);
            var dependencies = await db.DependencyPictureAsync(bound.Value.Plan, cancellationToken);
            var forecast = await db.ForecastAsync(bound.Value, clock.GetUtcNow(), cancellationToken);
            var needed = judged.Value.Needed(judged.Value.Risk.Band);
            return new Preview(
                null, bound.Value.Plan.Targets.Count, [.. needed.Select(slot => slot.WhoCould)], bound.Value.Plan.Digest.ToString(),
                [.. dependencies.Verdicts().Select(verdict => verdict.Objection).OfType<string>()])
            {
                Risk = judged.Value.Risk,
                Authorised = judged.Value.Authorised?.Sentence,
                ByChange = await db.StandsForAsync(bound.Value.Plan, needed, cancellationToken),
                Parties = [.. bound.Value.Plan.Parties.Select(party => party.Key)],
                Live = await db.CompareWithLiveAsync(bound.Value.Plan, bound.Value.Service, bound.Value.Environment.Id, null, cancellationToken),
                CannotRun = forecast.Error?.Message,
                Forecast = forecast.Error is null ? forecast.Value : null,
                Policies = [.. policies.Select(policy => new BindingPolicy(policy.Key, policy.Newest.Number, policy.StateAt(clock.GetUtcNow())))],
            };
        }

        /// <summary>As it would be saved: what an edited plan starts after depends on what it was.</summary>
        private async Task<Result<BoundPlan>> BindAsync(ShowPlanningChoices query, CancellationToken cancellationToken)
        {
            if (query.Number is not { } number || await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == number, cancellationToken) is not { } edited)
                return await binding.BindAsync(query.Chosen, cancellationToken);

            var bound = await binding.BindAsync(query.Chosen with { After = null }, cancellationToken);
            if (bound.Error is { } objection) return objection;

            var after = await db.AfterEditAsync(edited, query.Chosen.After, cancellationToken);
            return after.Error is { } unrelated ? unrelated : bound.Value with { Plan = bound.Value.Plan with { After = after.Value } };
        }
    }
}
