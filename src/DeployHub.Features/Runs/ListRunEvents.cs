using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What happened in a run, in order; the record an auditor reads. Whoever may not see single readers hears what they did without their names (domain J12).</summary>
/// <param name="After">Number of the last event known; 0 for all.</param>
public sealed record ListRunEvents(string Run, int After = 0, int? Limit = null) : IQuery<IReadOnlyList<ListRunEvents.Row>>
{
    public sealed record Row(int Number, DateTimeOffset At, Actor By, string Subject, string Became, string Text);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListRunEvents, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListRunEvents query, CancellationToken cancellationToken)
        {
            var rows = await (from happened in db.RunEvents
                              join run in db.Runs on happened.RunId equals run.Id
                              where run.Name == query.Run && happened.Number > query.After
                              orderby happened.Number
                              select new Row(happened.Number, happened.At, happened.By, happened.Subject, happened.Became, happened.Text))
                .Take(Math.Clamp(query.Limit ?? 1000, 1, 10_000)).ToListAsync(cancellationToken);
            if (!rows.Exists(UnnamedReaders.MayName)) return rows;

            var deployment = await (from run in db.Runs where run.Name == query.Run join planned in db.Deployments on run.DeploymentId equals planned.Id select planned).AsNoTracking().SingleAsync(cancellationToken);
            if (await db.SeesReadersAsync(deployment, caller, cancellationToken)) return rows;

            var ids = rows.Where(UnnamedReaders.MayName).Select(UnnamedReaders.TargetRunOf).OfType<TargetRunId>().Distinct().ToList();
            var targetRuns = await db.TargetRuns.AsNoTracking().Where(targetRun => ids.Contains(targetRun.Id)).ToDictionaryAsync(targetRun => targetRun.Id, cancellationToken);
            return [.. rows.Select(row => UnnamedReaders.Unnamed(row, targetRuns))];
        }
    }
}
