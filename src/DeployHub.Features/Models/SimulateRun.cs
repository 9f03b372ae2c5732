using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// The run that a plan would become, to the last step, with nothing started and nothing saved: it is planned, submitted and expanded by the
/// code of real ones. Refused as the plan would be, and as its run would.
/// </summary>
/// <param name="Plan">Its model version may be any; one that is not published is simulated all the same.</param>
/// <param name="Document">The text of a model document that is not published, as YAML, instead of a version.</param>
/// <param name="Subject">Whose steps are wanted; null for those of all.</param>
public sealed record SimulateRun(PlanInput Plan, string? Document = null, string? Subject = null) : IQuery<Result<SimulateRun.View>>
{
    /// <param name="Summary">What would happen, in a sentence.</param>
    /// <param name="ModelVersion">For a document, the number it would get.</param>
    /// <param name="IsPublished">Whether a real plan may be made with it.</param>
    /// <param name="PlanDigest">What approvals would bind to.</param>
    /// <param name="Approvals">Who would have to approve, one by one.</param>
    /// <param name="Gates">What has to hold before a run starts, as it is now.</param>
    /// <param name="Problems">What would be in its way once it runs, as things are now.</param>
    /// <param name="Targets">In the order in which Execute takes them.</param>
    /// <param name="Work">What is done on each subject, in order.</param>
    /// <param name="Slot">How it and the plan's slot go together, when it starts with the slot; null without one.</param>
    public sealed record View(
        string Summary, string Model, string ModelName, int ModelVersion, bool IsPublished, string Environment, string EnvironmentName, bool IsLive, IReadOnlyList<string> Versions, Digest PlanDigest,
        IReadOnlyList<string> Approvals, IReadOnlyList<Gate> Gates, IReadOnlyList<string> Problems, IReadOnlyList<Phase> Phases, IReadOnlyList<Target> Targets, IReadOnlyList<SubjectWork> Work,
        Eta Eta, SlotForecast? Slot)
    {
        /// <summary>Whom the plan has to name, whom it names, and who could be.</summary>
        public IReadOnlyList<ShowPeople.SlotRow> People { get; init; } = [];
    }

    /// <param name="Targets">How many it takes.</param>
    /// <param name="Exposure">Percent of the targets that run the versions when it is over, or of the traffic that reaches them where phases shift it; only of Execute.</param>
    /// <param name="FailureBudget">How many of them may fail before the run halts.</param>
    /// <param name="Quota">How many have to succeed where they fetch by themselves.</param>
    /// <param name="Half">How long it takes half of the times, with its soak and without people's decisions.</param>
    /// <param name="Most">What 85 of 100 do not exceed.</param>
    public sealed record Phase(
        Stage Stage, int Number, string Name, int Targets, int? Exposure, int FailureBudget, int? Quota, int? Traffic, TimeSpan Soak, Promotion Promotion, OnBreach OnBreach, TimeSpan Half, TimeSpan Most);

    /// <param name="IsUnchanged">It has every version already: nothing is done there, and it is verified all the same.</param>
    public sealed record Target(int Place, string Name, int Phase, string PhaseName, string? Pool, bool IsUnchanged);

    public sealed record SubjectWork(Stage Stage, int Phase, PhasePart Part, string Subject, IReadOnlyList<SimulatedStep> Steps);

    /// <param name="Group">Number of the first of the steps that run together with it; null for a step that runs alone.</param>
    /// <param name="When">The condition under which it runs.</param>
    /// <param name="Applies">Whether it will be done; null when earlier steps decide that.</param>
    public sealed record SimulatedStep(int Number, string Name, [property: JsonIgnore] StepSettings Settings, int? Group, string? When, bool? Applies, StepTime Time)
    {
        /// <summary>As a model names it in <c>uses</c>.</summary>
        public string Kind => StepKinds.Of(Settings);

        /// <summary>What it does, with everything filled that is known by then.</summary>
        public string Sentence => StepInWords.Of(Settings);

        /// <summary>The environment variables that it gives to what it runs, as far as they are known by then; secrets by their names.</summary>
        public IReadOnlyDictionary<string, string> Environment => EnvironmentInWords.Of(Settings);
    }

    /// <summary>How long it takes from its start to its end, without the time in which people decide.</summary>
    /// <param name="Runs">How many past runs were measured.</param>
    /// <param name="Steps">How many steps of the model are known from where.</param>
    /// <param name="Sentence">The band and where it is known from.</param>
    public sealed record Eta(TimeSpan Half, TimeSpan Most, int Runs, IReadOnlyDictionary<TimeSource, int> Steps, string Sentence);

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : IQueryHandler<SimulateRun, Result<View>>
    {
        /// <summary>Stands for the number that a real one would get.</summary>
        private const string Number = "DEP-SIMULATED";

        public async ValueTask<Result<View>> Handle(SimulateRun query, CancellationToken cancellationToken)
        {
            if (InvalidInput.Objection(nameof(Plan), query.Plan, new PlanInputValidator()) is { } senseless) return senseless;

            var at = clock.GetUtcNow();
            var tried = await TriedAsync(query, at, cancellationToken);
            if (tried.Error is { } unusable) return unusable;
            var bound = await binding.BindAsync(query.Plan, tried.Value, null, cancellationToken);
            if (bound.Error is { } objection) return objection;

            var deployment = Deployment.Create(Number, bound.Value.Service, bound.Value.Environment.Id, bound.Value.Model.Id, "", "", bound.Value.Plan, bound.Value.Slot, caller.Actor, at);
            if (query.Plan.People is { } people && (await db.AssignAsync(deployment, people, null, caller.Actor, at, "Plan.", cancellationToken)).Error is { } unfit) return unfit;
            var judged = await db.JudgeAsync(bound.Value, at, cancellationToken);
            if (judged.Error is { } unauthorised) return unauthorised;
            if (deployment.Submit(judged.Value.Needed(judged.Value.Risk.Band), caller.Actor, at, judged.Value.Risk, judged.Value.Authorised).Error is { } unsubmitted) return unsubmitted;
            var run = await RunAsync(deployment, bound.Value, at, cancellationToken);
            if (run.Error is { } cannot) return cannot;

            return await ViewAsync(query, deployment, bound.Value, run.Value, at, cancellationToken);
        }

        /// <summary>Null takes the published version, as a plan does.</summary>
        private async Task<Result<ModelVersion?>> TriedAsync(SimulateRun query, DateTimeOffset at, CancellationToken cancellationToken)
        {
            if (query.Document is not { } document) return query.Plan.ModelVersion is { } number ? Tried(await db.FindModelVersionAsync(query.Plan.Model, number, cancellationToken)) : Result<ModelVersion?>.Succeeded(null);

            var reading = await db.ReadModelAsync(document, null, DocumentFormat.Yaml, cancellationToken);
            if (reading.Content is not { } content) return ModelErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));
            if (content.Model != query.Plan.Model) return ModelErrors.SlugDiffers(query.Plan.Model, content.Model);

            var model = await db.Models.AsNoTracking().SingleOrDefaultAsync(model => model.Slug == content.Model, cancellationToken);
            return ModelVersion.Import(model?.Id ?? ModelId.New(), (model?.LatestNumber ?? 0) + 1, content, document, "", caller.Actor, at);
        }

        private static Result<ModelVersion?> Tried(Result<ModelVersion> found) => found switch
        {
            { Error: { } unknown } => unknown,
            { Value: { Said: null } draft } => ModelErrors.HasErrors(draft.Number),
            _ => Result<ModelVersion?>.Succeeded(found.Value),
        };

        /// <summary>With its locks, so that it knows what is there already.</summary>
        private async Task<Result<Run>> RunAsync(Deployment deployment, BoundPlan bound, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var expansion = await db.ExpansionOfAsync(deployment, bound.Model.Content, at, cancellationToken);
            if (expansion.Expand().Error is { } cannot) return cannot;

            var run = Run.Start(deployment.Id, 1, $"{Number}/R1", deployment.EnvironmentId, bound.Plan.IsLive, RunPreparation.VersionsOf(bound.Plan), expansion, caller.Actor, at);
            await db.TellDriftAsync([run], cancellationToken);
            await db.TakeBaselinesAsync([run], at, cancellationToken);
            return run;
        }

        private async Task<View> ViewAsync(SimulateRun query, Deployment deployment, BoundPlan bound, Run run, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var measured = await MeasuredSteps.OfAsync(db, bound.Model.ModelId, bound.Environment.Id, cancellationToken);
            var workers = await db.Workers.AsNoTracking().ToListAsync(cancellationToken);
            var gates = StartGates.For(deployment, await db.GateFactsAsync(deployment, at, cancellationToken), at);
            var problems = (await db.DependencyPictureAsync(bound.Plan, cancellationToken)).Verdicts().Select(verdict => verdict.Objection).OfType<string>();
            var rollbacks = bound.Slot is null ? [] : await db.RollbacksAsync(bound.Environment.Id, bound.Model.ModelId, cancellationToken);

            var simulation = new Simulation(run, measured, workers, at);
            var isPublished = query.Document is null && bound.Model.Status is ModelVersionStatus.Published;
            return new View(
                simulation.Summary(bound), bound.Model.Content.Model, bound.Model.Content.Name, bound.Model.Number, isPublished, bound.Environment.Key, bound.Environment.Name, bound.Environment.IsLive,
                [.. run.Versions.Select(version => $"{version.Component}@{version.Label}")], bound.Plan.Digest,
                [.. deployment.Approvals.Select(approval => approval.WhoCould)],
                isPublished ? gates : [.. gates.Select(gate => gate.Kind is GateKind.Model ? Unpublished(bound.Model, query.Document is not null) : gate)],
                [.. problems, .. simulation.Unserved()], simulation.Phases(), simulation.Targets(), simulation.Work(query.Subject), simulation.Eta(),
                bound.Slot is { } slot ? SlotForecast.Of(slot, simulation.Estimate.AsProjection(measured.Runs), rollbacks, slot.Start) : null)
            {
                People = ShowPeople.RowsOf(deployment.Plan.Roles, deployment.Plan.Environment, deployment.People, await db.ColleaguesAsync(deployment, cancellationToken), deployment.NeededAt(at)),
            };
        }

        private static Gate Unpublished(ModelVersion model, bool isDocument) => new(
            GateKind.Model, false, isDocument
                ? $"This document of {model.Content.Model} is not published: publish it before anybody plans with it."
                : $"{model.Content.Model} v{model.Number} is {Words.Of(model.Status)}: plans are made from published versions.");
    }
}
