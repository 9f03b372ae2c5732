using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Workers;

/// <summary>Every worker that is there or was within the last day, with what it holds.</summary>
public sealed record ListWorkers : IQuery<IReadOnlyList<ListWorkers.Row>>
{
    private static readonly RunStatus[] Over = [.. Enum.GetValues<RunStatus>().Where(RunMoves.Run.IsFinal)];

    /// <param name="HandsInUse">As of its last heartbeat.</param>
    /// <param name="DrainingSince">Null while nobody drains it.</param>
    public sealed record Row(
        string Name, WorkerState State, string Host, string ProductVersion, IReadOnlyList<string> Pools, int Hands, int HandsInUse, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset? StoppedAt,
        DateTimeOffset? DrainingSince, string? DrainedBy, IReadOnlyList<Held> Holds);

    /// <summary>A target run that is leased to the worker.</summary>
    /// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
    public sealed record Held(string Deployment, int Number, string Run, Stage Stage, string Subject, DateTimeOffset? Since);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListWorkers, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListWorkers query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var forgotten = now - WorkerProcess.ForgottenAfter;
            var workers = await db.Workers.AsNoTracking().Where(worker => worker.LastSeenAt >= forgotten).OrderBy(worker => worker.Name).ToListAsync(cancellationToken);
            var held = await (from run in db.Runs
                              where !Over.Contains(run.Status)
                              join deployment in db.Deployments on run.DeploymentId equals deployment.Id
                              join targetRun in db.TargetRuns on run.Id equals targetRun.RunId
                              where targetRun.LeaseUntil != null && targetRun.Worker != null
                              orderby targetRun.BeganAt, run.Name, targetRun.Ordinal
                              select new { Worker = targetRun.Worker!, Held = new Held(deployment.Number, run.Number, run.Name, targetRun.Stage, targetRun.Subject, targetRun.BeganAt) })
                .ToListAsync(cancellationToken);
            var byWorker = held.ToLookup(target => target.Worker, target => target.Held);
            return [.. workers.Select(worker => RowOf(worker, [.. byWorker[worker.Name]], now))];
        }

        private static Row RowOf(WorkerProcess worker, IReadOnlyList<Held> holds, DateTimeOffset now) => new(
            worker.Name, worker.StateAt(now, holds.Count), worker.Host, worker.ProductVersion, worker.Pools, worker.Hands, worker.HandsInUse, worker.StartedAt, worker.LastSeenAt, worker.StoppedAt,
            worker.DrainingSince, worker.DrainedBy?.Name, holds);
    }
}
