using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What people have to do by hand in one run: what is asked for now, what follows, and what was done by whom.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
public sealed record ShowTasks(string Run) : IQuery<Result<ShowTasks.View>>
{
    /// <param name="IsResting">The run is halted: nobody does anything by hand until somebody has decided.</param>
    /// <param name="Now">What may be answered.</param>
    /// <param name="Done">The newest first.</param>
    /// <param name="DoneCount">How many of <paramref name="Count"/> are over.</param>
    /// <param name="Events">Number of the newest event: changes whenever anything does.</param>
    public sealed record View(
        string Name, string Deployment, string Title, string Environment, string EnvironmentName, RunStatus Status, bool IsResting, string? HaltSentence,
        IReadOnlyList<ManualTask> Now, IReadOnlyList<Later> Later, IReadOnlyList<Done> Done, int DoneCount, int Count, int Events);

    /// <summary>A step that is not asked for yet.</summary>
    /// <param name="After">The task that it follows with nothing between them, so that a person without a network may go on; null when something else comes first.</param>
    public sealed record Later(ManualTask Task, string? After);

    /// <param name="OnDeviceAt">By the device's clock, when that is not when it was received.</param>
    public sealed record Done(
        Stage Stage, string Subject, string Name, StepStatus Status, Actor? By, DateTimeOffset? At, DateTimeOffset? OnDeviceAt, string? Trouble, IReadOnlyList<Evidence> Evidence);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowTasks, Result<View>>
    {
        private static readonly TimeSpan SameMoment = TimeSpan.FromMinutes(1);

        public async ValueTask<Result<View>> Handle(ShowTasks query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var about = await (from deployment in db.Deployments.AsNoTracking()
                               where deployment.Id == run.DeploymentId
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new { deployment.Number, deployment.Title, environment.Key, environment.Name }).SingleAsync(cancellationToken);
            var steps = ByHand(run).ToList();
            var now = steps.Where(step => run.OpenHalt is null && step.Step.Status is StepStatus.WaitingForPerson).Select(TaskOf).ToList();
            var done = steps.Where(step => step.Step.IsOver || step.Step.HasFailed).Select(DoneOf).OrderByDescending(step => step.At).ToList();
            return new View(
                run.Name, about.Number, about.Title, about.Key, about.Name, run.Status, run.OpenHalt is not null, run.OpenHalt?.Sentence,
                now, [.. steps.Where(step => IsAhead(run, step)).Select(step => new Later(TaskOf(step), After(step.TargetRun, step.Step)))],
                done, steps.Count(step => step.Step.IsOver), steps.Count, run.EventCount);
        }

        private static IEnumerable<(TargetRun TargetRun, StepRun Step, ManualWork Work)> ByHand(Run run) =>
            from targetRun in run.TargetRuns
            where targetRun.Status is not (TargetRunStatus.NotStarted or TargetRunStatus.Deferred) && !IsGivenUp(run, targetRun)
            from step in targetRun.Steps
            where step.Settings is ManualWork && step.Status is not StepStatus.NotApplicable && (step.Runs is not StepRuns.OnFailure || step.Attempts.Count > 0)
            select (targetRun, step, (ManualWork)step.Settings);

        /// <summary>What was to come forward is not done any more once the run goes back.</summary>
        private static bool IsGivenUp(Run run, TargetRun targetRun) =>
            (run.IsOver || run.IsRollingBack) && targetRun.Status is TargetRunStatus.Pending && !run.Of(targetRun.Stage).Phases[targetRun.Phase - 1].IsRollback;

        private static bool IsAhead(Run run, (TargetRun TargetRun, StepRun Step, ManualWork Work) step) => step.Step.Status switch
        {
            StepStatus.Pending or StepStatus.Running => step.TargetRun.Status is not TargetRunStatus.Failed,
            StepStatus.WaitingForPerson => run.OpenHalt is not null,
            _ => false,
        };

        private static string? After(TargetRun targetRun, StepRun step)
        {
            var before = targetRun.Steps.FirstOrDefault(candidate => candidate.Number == step.Number - 1);
            return before is { Settings: ManualWork work, Status: StepStatus.WaitingForPerson or StepStatus.Pending } && step.Runs is StepRuns.OnSuccess ? ManualTask.Of(targetRun, before, work).Key : null;
        }

        private static ManualTask TaskOf((TargetRun TargetRun, StepRun Step, ManualWork Work) step) => ManualTask.Of(step.TargetRun, step.Step, step.Work);

        private static Done DoneOf((TargetRun TargetRun, StepRun Step, ManualWork Work) step)
        {
            var last = step.Step.LastAttempt;
            var onDevice = last?.OnDeviceAt is { } device && (last.EndedAt - device)?.Duration() >= SameMoment ? last.OnDeviceAt : null;
            return new Done(
                step.TargetRun.Stage, step.TargetRun.Subject, step.Step.Name, step.Step.Status, last?.AnsweredBy, last?.EndedAt, onDevice, step.Step.Trouble(), last?.WhatShowsIt() ?? []);
        }
    }
}
