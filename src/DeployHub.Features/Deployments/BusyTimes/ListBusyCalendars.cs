using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>The calendars of others, in the order of their keys, and how the last look at each went.</summary>
public sealed record ListBusyCalendars : IQuery<IReadOnlyList<ListBusyCalendars.Row>>
{
    /// <param name="Periods">How many are known.</param>
    /// <param name="LeftOut">Later ones that were left out.</param>
    /// <param name="Trouble">Why the last look failed; the periods of the look before still count.</param>
    public sealed record Row(string Key, BusySettings Settings, int Periods, int LeftOut, DateTimeOffset? ReadAt, string? Trouble, DateTimeOffset? DueAt, string AddedBy, DateTimeOffset AddedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListBusyCalendars, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListBusyCalendars query, CancellationToken cancellationToken)
        {
            var calendars = await db.BusyCalendars.AsNoTracking().OrderBy(calendar => calendar.Key).Take(BusyLookups.MostCalendars).ToListAsync(cancellationToken);
            return
            [
                .. calendars.Select(calendar => new Row(
                    calendar.Key, calendar.Settings, calendar.Periods.Count, calendar.LeftOut, calendar.ReadAt, calendar.Trouble, calendar.DueAt, calendar.AddedBy.Name, calendar.AddedAt)),
            ];
        }
    }
}
