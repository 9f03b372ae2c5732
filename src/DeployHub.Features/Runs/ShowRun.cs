using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Everything about one run that an operator needs on one screen.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Briefly">Of a fleet, leaves out the steps of target runs that need no look.</param>
/// <param name="Subject">Whose steps are wanted all the same.</param>
public sealed record ShowRun(string Run, bool Briefly = false, string? Subject = null) : IQuery<Result<ShowRun.View>>
{
    public sealed record View
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required string Deployment { get; init; }

        public required string Title { get; init; }

        public required string Environment { get; init; }

        public required string EnvironmentName { get; init; }

        public required bool IsLive { get; init; }

        public required RunStatus Status { get; init; }

        public WaitingReason? WaitingFor { get; init; }

        /// <summary>What it waits for, or what people have to do while other targets move.</summary>
        public string? WaitingSentence { get; init; }

        public Outcome? Outcome { get; init; }

        public required Actor Operator { get; init; }

        public required DateTimeOffset QueuedAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public required IReadOnlyList<MovedVersion> Versions { get; init; }

        public required IReadOnlyList<StageRun> Stages { get; init; }

        public required IReadOnlyList<TargetRunView> TargetRuns { get; init; }

        public required IReadOnlyList<ListRunTargets.Row> Targets { get; init; }

        public required IReadOnlyList<Halt> Halts { get; init; }

        /// <summary>What the open halt may be resolved with.</summary>
        public required IReadOnlyList<ResolutionChoice> Choices { get; init; }

        public required IReadOnlyList<Baseline> Baselines { get; init; }

        /// <summary>What the targets that were looked at again afterwards came to; null while none was.</summary>
        public ChangeCount? Changes { get; init; }

        /// <summary>Percent of the traffic that reaches the new version where phases shift traffic, else of the targets that run it.</summary>
        public required int Exposure { get; init; }

        /// <summary>Percent of the targets that may run it: with those that Execute has touched and neither finished nor led back.</summary>
        public required int ExposureAtMost { get; init; }

        /// <summary>The case of the model that it is to show; null for a real run.</summary>
        public RehearsalCase? Rehearsal { get; init; }

        /// <summary>Phases shift traffic, so <see cref="Exposure"/> means traffic.</summary>
        public required bool ShiftsTraffic { get; init; }

        /// <summary>The phase that is observed or waits to be promoted; null when none is.</summary>
        public ObservedView? Observed { get; init; }

        /// <summary>What readers ask and nobody has answered: how many, and how many of those hold what comes next.</summary>
        public required QuestionCount Questions { get; init; }

        /// <summary>Number of the newest event: changes whenever anything does.</summary>
        public required int Events { get; init; }

        public Halt? OpenHalt => Halts.Count > 0 && Halts[^1].IsOpen ? Halts[^1] : null;
    }

    /// <param name="All">Those that are settled, too.</param>
    public sealed record QuestionCount(int Open, int Blocking, int All);

    /// <param name="Unclear">What checks that could not tell say; with any, promoting needs a reason.</param>
    public sealed record ObservedView(int Phase, string Name, PhaseStatus Status, DateTimeOffset? SoaksUntil, IReadOnlyList<string> Unclear);

    public sealed record TargetRunView(
        Stage Stage, int Phase, PhasePart Part, string Subject, TargetRunStatus Status, string? Worker, DateTimeOffset? BeganAt, DateTimeOffset? EndedAt, IReadOnlyList<StepView> Steps);

    /// <param name="Task">Of a step that a person may answer now; it rests while the run is halted.</param>
    public sealed record StepView(int Number, string Name, StepStatus Status, string? Trouble, IReadOnlyList<Attempt> Attempts, ManualTask? Task)
    {
        /// <summary>Number of the first of the steps that run together with it; null for a step that runs alone.</summary>
        public int? Group { get; init; }

        /// <summary>What the steps after it call it by.</summary>
        public string? Key { get; init; }

        /// <summary>The condition under which it runs.</summary>
        public string? When { get; init; }

        /// <summary>Why it does not apply.</summary>
        public string? WhyNot { get; init; }

        /// <summary>What it said for the steps after it.</summary>
        public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowRun, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowRun query, CancellationToken cancellationToken)
        {
            var run = query.Briefly
                ? await db.BriefRunAsync(query.Run, query.Subject, cancellationToken)
                : await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var about = await (from deployment in db.Deployments.AsNoTracking()
                               where deployment.Id == run.DeploymentId
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new { deployment.Number, deployment.Title, deployment.Plan, deployment.People, Environment = environment.Key, environment.Name }).SingleAsync(cancellationToken);
            return new View
            {
                Id = run.Id.Value,
                Name = run.Name,
                Deployment = about.Number,
                Title = about.Title,
                Environment = about.Environment,
                EnvironmentName = about.Name,
                IsLive = run.IsLive,
                Status = run.Status,
                WaitingFor = run.WaitingFor,
                WaitingSentence = run.TasksSentence ?? run.WaitingSentence ?? await db.MissingWorkersSentenceAsync(run, clock.GetUtcNow(), cancellationToken),
                Outcome = run.OutcomeOf(),
                Operator = run.Operator,
                QueuedAt = run.QueuedAt,
                EndedAt = run.EndedAt,
                Versions = run.Versions,
                Stages = run.Stages,
                TargetRuns = [.. run.TargetRuns.Select(targetRun => ViewOf(targetRun, run.OpenHalt is null && targetRun.Status is TargetRunStatus.WaitingForPerson, about.People))],
                Targets = [.. ListRunTargets.Of(run, about.Plan)],
                Halts = run.Halts,
                Choices = ChoicesFor(run, about.Plan.RollbackMethod),
                Baselines = run.Baselines ?? [],
                Changes = await db.ChangesOfAsync(run, query.Briefly, cancellationToken),
                Exposure = run.Exposure(),
                ExposureAtMost = run.ExposureAtMost(),
                Rehearsal = about.Plan.Rehearsal?.Case,
                ShiftsTraffic = run.ShiftsTraffic(),
                Observed = run.ObservedPhase is { } phase
                    ? new ObservedView(phase.Number, phase.Name, phase.Status, phase.SoaksUntil, [.. run.UnclearWatches().Select(watch => $"{watch.Subject}: {watch.FailedStep!.Trouble()}")]) : null,
                Questions = new QuestionCount(run.OpenQuestions, run.BlockingQuestions().Count, run.Questions.Count),
                Events = run.EventCount,
            };
        }

        private static TargetRunView ViewOf(TargetRun targetRun, bool asksPerson, IReadOnlyList<Assignment> people) => new(
            targetRun.Stage, targetRun.Phase, targetRun.Part, targetRun.Subject, targetRun.Status, targetRun.Worker, targetRun.BeganAt, targetRun.EndedAt,
            [.. targetRun.Steps.Select(step => new StepView(
                step.Number, step.Name, step.Status, step.Trouble(), step.Attempts,
                asksPerson && step is { Status: StepStatus.WaitingForPerson, Settings: ManualWork work } ? ManualTask.Of(targetRun, step, work, people) : null)
            { Group = step.Group, Key = step.Key, When = step.When, WhyNot = step.WhyNot, Outputs = step.Outputs })]);

        private static List<ResolutionChoice> ChoicesFor(Run run, RollbackMethod method)
        {
            if (run.OpenHalt is not { } halt) return [];

            List<ResolutionChoice> choices = [ResolutionChoice.Retry];
            if (!halt.WasRollingBack && method is not RollbackMethod.Irreversible && run.HasSomethingToReturn) choices.Add(ResolutionChoice.RollBack);
            if (halt.Subjects.Count > 0 && run.MayExcludeTargets) choices.Add(ResolutionChoice.ExcludeTargets);
            if (halt.Subjects.Count > 0 || halt.IsAtGate) choices.Insert(1, ResolutionChoice.FixAndRecheck);
            if (halt.Cause is HaltCause.WindowOverrun) choices.Insert(0, ResolutionChoice.ExtendWindow);
            if (halt is { Cause: HaltCause.WindowOverrun, IsAtGate: false }) choices.Remove(ResolutionChoice.Retry); // nothing failed
            if (run.MayBeWaived) choices.Add(ResolutionChoice.AcceptWithWaiver);
            if (halt.Stage is Stage.Execute && halt.Subjects.Count > 0 && !run.MayBeWaived) choices.Add(ResolutionChoice.ContinueManually);
            if (run.IsUntouched) choices.AddRange([ResolutionChoice.Postpone, ResolutionChoice.ReplaceComponent]);
            choices.AddRange([ResolutionChoice.RollForward, ResolutionChoice.Abandon]);
            return choices;
        }
    }
}
