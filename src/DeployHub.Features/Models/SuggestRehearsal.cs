using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Forecasting;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// A plan that rehearses a version in test, with everything chosen that can be: an environment that is not live and that the model fits, the newest
/// version of a component that it is for, every target there. What cannot be chosen is said, with where that is mended.
/// </summary>
/// <param name="Case">What it is to show; the first one that was not shown yet unless told.</param>
public sealed record SuggestRehearsal(string Slug, int Number, RehearsalCase? Case = null) : IQuery<Result<SuggestRehearsal.View>>
{
    /// <param name="Plan">To be submitted as it is where nothing is missing, and to be changed at will.</param>
    /// <param name="Missing">What could not be chosen; empty where everything is.</param>
    /// <param name="Environments">Those that are not live, the first ones by their order.</param>
    /// <param name="Versions">Of components that the model is for, the newest first.</param>
    /// <param name="Cases">What has to be shown of the version, each with whether it was.</param>
    /// <param name="MayFail">Steps that a forced failure or a rollback may stop at; the last one is taken unless told.</param>
    public sealed record View(
        PlanInput Plan, IReadOnlyList<Lack> Missing, IReadOnlyList<Ground> Environments, IReadOnlyList<Sample> Versions, IReadOnlyList<CaseOf> Cases, IReadOnlyList<string> MayFail)
    {
        /// <summary>It says how a component is removed, so that is rehearsed with it as well.</summary>
        public bool CanRemove { get; init; }
    }

    /// <param name="Sentence">What is missing, and why.</param>
    /// <param name="Mend">The address of the page that mends it.</param>
    /// <param name="Do">What is done there, such as “Register a component”.</param>
    public sealed record Lack(string Sentence, string Mend, string Do);

    /// <param name="Objection">Why it does not fit, in a sentence; null where it does.</param>
    public sealed record Ground(string Key, string Name, string? Objection);

    /// <param name="Reference">As <c>component@label</c>.</param>
    public sealed record Sample(string Reference, string Component, string Label, string Service);

    /// <param name="Shown">It passed with this text, lately enough.</param>
    public sealed record CaseOf(RehearsalCase Case, bool Shown);

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, TimeProvider clock) : IQueryHandler<SuggestRehearsal, Result<View>>
    {
        private const int MostEnvironments = 50;
        private const int MostVersions = 200;

        /// <summary>So many pairs of a version and an environment are looked at more closely.</summary>
        private const int MostTried = 12;

        public async ValueTask<Result<View>> Handle(SuggestRehearsal query, CancellationToken cancellationToken)
        {
            var found = await db.FindModelVersionAsync(query.Slug, query.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            if (found.Value is not { Status: ModelVersionStatus.InTest, Said: { } content } version) return RehearsalBinding.NotInTest(found.Value);

            var grounds = await GroundsAsync(content, cancellationToken);
            var samples = await SamplesAsync(content, cancellationToken);
            var cases = CasesOf(version, content);
            var blank = new PlanInput
            {
                Model = query.Slug,
                ModelVersion = query.Number,
                Rehearsal = new PlannedRehearsal(query.Case ?? cases.FirstOrDefault(one => !one.Shown)?.Case ?? RehearsalCase.Pass),
                Reason = ReasonCode.ModelRehearsal,
                DeployAgain = true,
            };
            return new View(
                await ChosenAsync(blank, version, grounds, samples, cancellationToken), [.. LacksOf(content, grounds, samples, await UnversionedAsync(content, cancellationToken))],
                [.. grounds.Select(ground => ground.Shown)], [.. samples.Select(sample => new Sample(sample.Reference, sample.Component, sample.Label, sample.Service))], cases,
                [.. content.Execute.Steps.Concat(content.Removal?.Steps ?? []).Where(Run.MayFail).Select(step => step.Name)])
            { CanRemove = content.Removal is not null };
        }

        private List<CaseOf> CasesOf(ModelVersion version, ModelContent content)
        {
            var at = clock.GetUtcNow();
            return [.. Rehearsal.RequiredOf(content).Select(required => new CaseOf(required, version.LatestOf(required)?.IsGoodAt(at) is true))];
        }

        private async Task<List<Place>> GroundsAsync(ModelContent content, CancellationToken cancellationToken)
        {
            var rows = await db.Environments.AsNoTracking().Where(environment => !environment.IsLive).OrderBy(environment => environment.Order).ThenBy(environment => environment.Key)
                .Select(environment => new { Environment = environment, Targets = db.Targets.Count(target => target.EnvironmentId == environment.Id && target.RetiredAt == null) })
                .Take(MostEnvironments).ToListAsync(cancellationToken);
            return [.. rows.Select(row => new Place(row.Environment, row.Targets, ObjectionTo(content, row.Environment, row.Targets)))];
        }

        private static string? ObjectionTo(ModelContent content, Environment environment, int targets)
        {
            if (content.AppliesTo.Tiers is { Count: > 0 } tiers && !tiers.Contains(environment.Tier)) return $"{environment.Name} is of tier {Words.Of(environment.Tier)}; the model is for {Words.List(tiers.Select(tier => Words.Of(tier)))}.";
            if (environment.Policy.AllowedModels is { Count: > 0 } allowed && !allowed.Contains(content.Model)) return $"{environment.Name} allows only the models {Words.List(allowed)}.";
            return targets == 0 ? $"{environment.Name} has no target in service." : null;
        }

        private async Task<List<Candidate>> SamplesAsync(ModelContent content, CancellationToken cancellationToken)
        {
            var (kinds, services) = (content.AppliesTo.Kinds, content.AppliesTo.Services);
            return await (from version in db.ComponentVersions
                          where version.RecallReason == null
                          join component in db.Components on version.ComponentId equals component.Id
                          where kinds.Count == 0 || kinds.Contains(component.Kind)
                          join service in db.Services on component.ServiceId equals service.Id
                          where services.Count == 0 || services.Contains(service.Key)
                          orderby version.RegisteredAt descending, component.Key, version.Label
                          select new Candidate(component.Key, version.Label, service.Key)).Take(MostVersions).ToListAsync(cancellationToken);
        }

        /// <summary>A component that the model is for and that has no version yet; null where there is none.</summary>
        private async Task<string?> UnversionedAsync(ModelContent content, CancellationToken cancellationToken)
        {
            var (kinds, services) = (content.AppliesTo.Kinds, content.AppliesTo.Services);
            return await (from component in db.Components
                          where kinds.Count == 0 || kinds.Contains(component.Kind)
                          join service in db.Services on component.ServiceId equals service.Id
                          where services.Count == 0 || services.Contains(service.Key)
                          orderby component.Key
                          select component.Key).FirstOrDefaultAsync(cancellationToken);
        }

        /// <summary>The first pair with which a run could start; the first one that fits by its name where none could.</summary>
        private async Task<PlanInput> ChosenAsync(PlanInput blank, ModelVersion version, List<Place> grounds, List<Candidate> samples, CancellationToken cancellationToken)
        {
            var fitting = grounds.Where(ground => ground.Objection is null).ToList();
            var newest = samples.DistinctBy(sample => sample.Component).ToList();
            var pairs = newest.SelectMany(sample => fitting.Select(ground => blank with { Environment = ground.Environment.Key, Versions = [sample.Reference] })).Take(MostTried).ToList();
            foreach (var pair in pairs)
                if (await CouldStartAsync(pair, version, cancellationToken)) return pair;

            return pairs.FirstOrDefault() ?? blank with
            {
                Environment = fitting.FirstOrDefault()?.Environment.Key ?? "",
                Versions = newest is [var only, ..] ? [only.Reference] : [],
            };
        }

        private async Task<bool> CouldStartAsync(PlanInput pair, ModelVersion version, CancellationToken cancellationToken)
        {
            var bound = await binding.BindAsync(pair, version, null, cancellationToken);
            return bound.Error is null && (await db.ForecastAsync(bound.Value, clock.GetUtcNow(), cancellationToken)).Error is null;
        }

        private static IEnumerable<Lack> LacksOf(ModelContent content, List<Place> grounds, List<Candidate> samples, string? component)
        {
            if (LackOfGround(content, grounds) is { } nowhere) yield return nowhere;
            if (samples.Count > 0) yield break;

            yield return component is null
                ? new Lack($"No component is registered that the model is for{For(content)}.", $"/components/new{(content.AppliesTo.Services is [var only] ? $"?service={only}" : "")}", "Register a component")
                : new Lack($"{component} is what the model is for, and no version of it can be deployed yet.", $"/components/{component}/versions/new", "Register a version");
        }

        private static Lack? LackOfGround(ModelContent content, List<Place> grounds)
        {
            if (grounds.Any(ground => ground.Objection is null)) return null;
            if (grounds.Find(ground => ground.IsOnlyEmpty(content)) is { } empty)
                return new Lack(empty.Objection!, $"/environments/{empty.Environment.Key}/targets/new", "Register a target");
            if (grounds.Find(ground => content.AppliesTo.Tiers.Count == 0 || content.AppliesTo.Tiers.Contains(ground.Environment.Tier)) is { } governed)
                return new Lack(governed.Objection!, $"/environments/{governed.Environment.Key}/policy", "Look at its policy");

            var tiers = content.AppliesTo.Tiers is { Count: > 0 } wanted ? $" of tier {string.Join(" or ", wanted.Select(tier => Words.Of(tier)))}" : "";
            return new Lack($"There is no environment{tiers} that is not live: a model is rehearsed where nobody is harmed by it.", "/environments/new", "Register an environment");
        }

        private static string For(ModelContent content)
        {
            var kinds = content.AppliesTo.Kinds is { Count: > 0 } some ? $" of kind {string.Join(" or ", some.Select(kind => Words.Of(kind)))}" : "";
            return content.AppliesTo.Services is { Count: > 0 } services ? $"{kinds}, in {Words.List(services)}" : kinds;
        }

        private sealed record Place(Environment Environment, int Targets, string? Objection)
        {
            public Ground Shown => new(Environment.Key, Environment.Name, Objection);

            /// <summary>It would fit if it had a target.</summary>
            public bool IsOnlyEmpty(ModelContent content) => Targets == 0 && ObjectionTo(content, Environment, 1) is null;
        }

        private sealed record Candidate(string Component, string Label, string Service)
        {
            public string Reference => $"{Component}@{Label}";
        }
    }
}
