using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>A run's checklist, whole or as much of it as somebody may see.</summary>
internal static class Checklists
{
    private static readonly TimeSpan SameMoment = TimeSpan.FromMinutes(1);

    /// <param name="shows">Which steps the reader may see.</param>
    public static async Task<ShowTasks.View> TasksOfAsync(this DeployHubDb db, Run run, Func<Stage, string, int, bool> shows, IReadOnlyList<ShowTasks.Link> links, CancellationToken cancellationToken)
    {
        var about = await (from deployment in db.Deployments.AsNoTracking()
                           where deployment.Id == run.DeploymentId
                           join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                           select new { deployment.Number, deployment.Title, deployment.People, environment.Key, environment.Name }).SingleAsync(cancellationToken);
        var steps = ByHand(run).Where(step => shows(step.TargetRun.Stage, step.TargetRun.Subject, step.Step.Number)).ToList();
        var now = steps.Where(step => run.OpenHalt is null && step.Step.Status is StepStatus.WaitingForPerson).Select(step => TaskOf(step, about.People)).ToList();
        var done = steps.Where(step => step.Step.IsOver || step.Step.HasFailed).Select(DoneOf).OrderByDescending(step => step.At).ToList();
        return new ShowTasks.View(
            run.Name, about.Number, about.Title, about.Key, about.Name, run.Status, run.OpenHalt is not null, run.OpenHalt?.Sentence,
            now, [.. steps.Where(step => IsAhead(run, step)).Select(step => new ShowTasks.Later(TaskOf(step, about.People) with { DueAt = null }, After(step.TargetRun, step.Step)))],
            done, steps.Count(step => step.Step.IsOver), steps.Count, run.EventCount, links);
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
        return before is { Settings: ManualWork { ConfirmedBySecond: not true } work, Status: StepStatus.WaitingForPerson or StepStatus.Pending } && step.Runs is StepRuns.OnSuccess ? ManualTask.Of(targetRun, before, work, []).Key : null;
    }

    private static ManualTask TaskOf((TargetRun TargetRun, StepRun Step, ManualWork Work) step, IReadOnlyList<Assignment> people) =>
        ManualTask.Of(step.TargetRun, step.Step, step.Work, people);

    private static ShowTasks.Done DoneOf((TargetRun TargetRun, StepRun Step, ManualWork Work) step)
    {
        var last = step.Step.LastAttempt;
        var onDevice = last?.OnDeviceAt is { } device && (last.EndedAt - device)?.Duration() >= SameMoment ? last.OnDeviceAt : null;
        return new ShowTasks.Done(
            step.TargetRun.Stage, step.TargetRun.Subject, step.Step.Name, step.Step.Status, last?.AnsweredBy, last?.ConfirmedBy, last?.EndedAt, onDevice, step.Step.Trouble(), last?.WhatShowsIt() ?? []);
    }
}
