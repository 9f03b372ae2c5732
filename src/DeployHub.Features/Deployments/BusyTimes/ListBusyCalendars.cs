using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>The calendars of others, in the order of their keys, and how the last look at each went.</summary>
public sealed record ListBusyCalendars : IQuery<IReadOnlyList<ListBusyCalendars.Row>>
{
    /// <param name="Periods">How many are known.</param>
    /// <param name="LeftOut">Later ones that were left out.</param>
    /// <param name="Settings">Where it is fetched from, and with what, is told to administrators only: others see the host.</param>
    /// <param name="Trouble">Why the last look failed; the periods of the look before still count.</param>
    /// <param name="MayChange">Whoever asks may describe and remove it.</param>
    /// <param name="RowVersion">For <c>If-Match</c>.</param>
    public sealed record Row(string Key, BusySettings Settings, int Periods, int LeftOut, DateTimeOffset? ReadAt, string? Trouble, DateTimeOffset? DueAt, string AddedBy, DateTimeOffset AddedAt,
        bool MayChange, uint RowVersion);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListBusyCalendars, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListBusyCalendars query, CancellationToken cancellationToken)
        {
            var found = await db.BusyCalendars.AsNoTracking().OrderBy(calendar => calendar.Key).Take(BusyLookups.MostCalendars)
                .Select(calendar => new { Calendar = calendar, Version = EF.Property<uint>(calendar, "Version") }).ToListAsync(cancellationToken);
            return [.. found.Select(one => RowOf(one.Calendar, one.Version))];
        }

        private Row RowOf(BusyCalendar calendar, uint version) => new(
            calendar.Key, Shown(calendar.Settings), calendar.Periods.Count, calendar.LeftOut, calendar.ReadAt, calendar.Trouble, calendar.DueAt, calendar.AddedBy.Name, calendar.AddedAt,
            caller.RefusalOf(calendar.Settings) is null, version);

        /// <summary>An address of a calendar often opens it for whoever knows it.</summary>
        private BusySettings Shown(BusySettings settings) => settings.Address is null || caller.May(Permission.ManageSettings)
            ? settings
            : settings with { Address = $"{new Uri(settings.Address).GetLeftPart(UriPartial.Authority)}/…", Credential = null };
    }
}
