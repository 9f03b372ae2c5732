using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// A plan that rehearses a version in test, with everything chosen that can be: a component that it is for in its newest version, and an environment
/// that is not live, that the model fits and that the component's service uses, every target there. What cannot be chosen is said, with where that is
/// mended. Nothing is bound: what was chosen is judged as any plan is.
/// </summary>
/// <param name="Case">What it is to show; the first one that was not shown yet unless told.</param>
/// <param name="Component">Key of what it is rehearsed with; what the model moved last unless told, else what was registered last.</param>
public sealed record SuggestRehearsal(string Slug, int Number, RehearsalCase? Case = null, string? Component = null) : IQuery<Result<SuggestRehearsal.View>>
{
    /// <param name="Plan">To be submitted as it is where nothing is missing and an environment is chosen, and to be changed at will.</param>
    /// <param name="Missing">What could not be chosen because it is not there; empty where everything is.</param>
    /// <param name="Environments">Those that are not live, the first ones by their order.</param>
    /// <param name="Versions">The newest ones of each component that the model is for.</param>
    /// <param name="Cases">What has to be shown of the version, each with whether it was.</param>
    /// <param name="MayFail">Steps that a forced failure or a rollback may stop at; the last one is taken unless told.</param>
    /// <param name="Why">Why this environment is chosen, or none is, in a sentence.</param>
    /// <param name="MoreComponents">How many components the model is for beyond those whose versions are told.</param>
    public sealed record View(
        PlanInput Plan, IReadOnlyList<Lack> Missing, IReadOnlyList<Ground> Environments, IReadOnlyList<Sample> Versions, IReadOnlyList<CaseOf> Cases, IReadOnlyList<string> MayFail, string Why,
        int MoreComponents)
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

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<SuggestRehearsal, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(SuggestRehearsal query, CancellationToken cancellationToken)
        {
            var found = await db.FindModelVersionAsync(query.Slug, query.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            if (found.Value is not { Status: ModelVersionStatus.InTest, Said: { } content } version) return RehearsalBinding.NotInTest(found.Value);

            var grounds = await db.RehearsalGroundsAsync(content, cancellationToken);
            var shelf = await RehearsalShelf.ReadAsync(db, content, cancellationToken);
            var (component, environment, why) = await ChosenAsync(query, version, grounds.FindAll(ground => ground.Objection is null), shelf, cancellationToken);
            var cases = CasesOf(version, content);
            var plan = new PlanInput
            {
                Model = query.Slug,
                ModelVersion = query.Number,
                Rehearsal = new PlannedRehearsal(query.Case ?? cases.FirstOrDefault(one => !one.Shown)?.Case ?? RehearsalCase.Pass),
                Reason = ReasonCode.ModelRehearsal,
                DeployAgain = true,
                Environment = environment ?? "",
                Versions = component is null ? [] : [component.Newest],
            };
            return new View(
                plan, [.. LacksOf(content, grounds, shelf, shelf.Components.Count == 0 ? await UnversionedAsync(content, cancellationToken) : null)],
                [.. grounds.Select(ground => new Ground(ground.Environment.Key, ground.Environment.Name, ground.Objection))], SamplesOf(shelf), cases,
                [.. content.Execute.Steps.Concat(content.Removal?.Steps ?? []).Where(Run.MayFail).Select(step => step.Name)], why, shelf.Others)
            { CanRemove = content.Removal is not null };
        }

        private List<CaseOf> CasesOf(ModelVersion version, ModelContent content)
        {
            var at = clock.GetUtcNow();
            return [.. Rehearsal.RequiredOf(content).Select(required => new CaseOf(required, version.LatestOf(required)?.IsGoodAt(at) is true))];
        }

        private static List<Sample> SamplesOf(RehearsalShelf shelf) =>
            [.. shelf.Components.SelectMany(component => component.Labels.Select(label => new Sample($"{component.Key}@{label}", component.Key, label, component.Service)))];

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

        /// <summary>The component that was wanted, else the one that the model moved last, else the one registered last; then an environment for it.</summary>
        private async Task<(RehearsalComponent? Component, string? Environment, string Why)> ChosenAsync(
            SuggestRehearsal query, ModelVersion version, List<RehearsalGround> fitting, RehearsalShelf shelf, CancellationToken cancellationToken)
        {
            if (query.Component is { } wanted && shelf.Find(wanted) is null) return (null, null, $"No environment is chosen: {wanted} is not among what is listed here.");

            var mine = shelf.Components.Where(known => caller.RefusalAround(Permission.PlanDeployments, known.Service) is null).ToList();
            var last = query.Component is null && mine.Count > 0
                ? await db.RehearsedBeforeAsync(version.ModelId, [.. mine.Select(known => known.ServiceId).Distinct()], IdsOf(fitting), cancellationToken)
                : null;
            var component = shelf.Find(query.Component) ?? mine.Find(known => last?.Components.Contains(known.Key) is true) ?? mine.FirstOrDefault() ?? shelf.Newest;
            if (component is null) return (null, null, "No environment is chosen: there is nothing yet to rehearse with.");

            var open = fitting.FindAll(ground => caller.RefusalOf(Permission.PlanDeployments, component.Service, ground.Environment.Key) is null);
            return await ForAsync(version, component, open, cancellationToken) is (var ground, var because)
                ? (component, ground.Environment.Key, $"{ground.Environment.Name} is chosen: {because}.")
                : (component, null, fitting.Count == 0 ? "No environment is chosen: none fits." : $"No environment is chosen: {component.Service} has been in none that fits. Choose one where nobody else is at work.");
        }

        /// <summary>Where its service has been: with the model, with the component, with anything. Null for nowhere, since what is left may be another team's.</summary>
        private async Task<(RehearsalGround Ground, string Because)?> ForAsync(ModelVersion version, RehearsalComponent component, List<RehearsalGround> open, CancellationToken cancellationToken)
        {
            RehearsalGround Of(EnvironmentId id) => open.First(ground => ground.Environment.Id == id);
            if (open.Count == 0) return null;
            if (await db.RehearsedBeforeAsync(version.ModelId, [component.ServiceId], IdsOf(open), cancellationToken) is { } before)
                return (Of(before.Environment), $"{component.Service} was {(before.WasRehearsed ? "rehearsed" : "deployed")} there with this model last, by {before.Number}");
            if (await db.SeenInAsync(component.Id, IdsOf(open), cancellationToken) is (var environment, var targets))
                return (Of(environment), $"{component.Key} is there already, on {Words.Count(targets, "target")}");

            return await db.UsedByAsync(component.ServiceId, open, cancellationToken) is { } used ? (used, $"it is the first of the environments that {component.Service} uses") : null;
        }

        private static List<EnvironmentId> IdsOf(List<RehearsalGround> grounds) => grounds.ConvertAll(ground => ground.Environment.Id);

        private static IEnumerable<Lack> LacksOf(ModelContent content, List<RehearsalGround> grounds, RehearsalShelf shelf, string? component)
        {
            if (LackOfGround(content, grounds) is { } nowhere) yield return nowhere;
            if (shelf.Components.Count > 0) yield break;

            yield return component is null
                ? new Lack($"No component is registered that the model is for{For(content)}.", $"/components/new{(content.AppliesTo.Services is [var only] ? $"?service={only}" : "")}", "Register a component")
                : new Lack($"{component} is what the model is for, and no version of it can be deployed yet.", $"/components/{component}/versions/new", "Register a version");
        }

        private static Lack? LackOfGround(ModelContent content, List<RehearsalGround> grounds)
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
    }
}
