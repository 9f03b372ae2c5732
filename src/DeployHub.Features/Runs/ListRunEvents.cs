using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What happened in a run, in order; the record an auditor reads.</summary>
/// <param name="After">Number of the last event known; 0 for all.</param>
public sealed record ListRunEvents(string Run, int After = 0, int? Limit = null) : IQuery<IReadOnlyList<ListRunEvents.Row>>
{
    public sealed record Row(int Number, DateTimeOffset At, Actor By, string Subject, string Became, string Text);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListRunEvents, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListRunEvents query, CancellationToken cancellationToken) =>
            await (from happened in db.RunEvents
                   join run in db.Runs on happened.RunId equals run.Id
                   where run.Name == query.Run && happened.Number > query.After
                   orderby happened.Number
                   select new Row(happened.Number, happened.At, happened.By, happened.Subject, happened.Became, happened.Text))
                .Take(Math.Clamp(query.Limit ?? 1000, 1, 10_000)).ToListAsync(cancellationToken);
    }
}
