using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>
/// What happens from one day to another: slots with what became of them, windows, freezes, when others are busy, and who waits for which lock.
/// </summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends, at most 400 days later.</param>
/// <param name="Service">Key of the only service wanted, of which a plan moves anything.</param>
/// <param name="Environment">Key of the only environment wanted.</param>
/// <param name="Mine">Only what one planned, decided about or operated.</param>
public sealed record ShowCalendar(DateTimeOffset From, DateTimeOffset To, string? Service = null, string? Environment = null, bool Mine = false) : IQuery<Result<ShowCalendar.View>>
{
    public const int LongestDays = 400;

    /// <summary>So many slots at once; later ones are left out, and said to be.</summary>
    public const int MostSlots = 25_000;

    /// <param name="LeftOut">There are more slots than are shown: look at a shorter time, or filter.</param>
    /// <param name="HasWindows">A window is defined anywhere; without any, production is closed.</param>
    public sealed record View(
        DateTimeOffset From, DateTimeOffset To, IReadOnlyList<SlotRow> Slots, IReadOnlyList<WindowRow> Windows, IReadOnlyList<FreezeRow> Freezes, IReadOnlyList<BusyAdvice> Busy,
        IReadOnlyList<LockRow> Locks, bool LeftOut, bool HasWindows)
    {
        /// <summary>Freezes of partners whom something here concerns.</summary>
        public IReadOnlyList<PartnerFreezeRow> Partners { get; init; } = [];

        /// <summary>Public holidays, by day.</summary>
        public IReadOnlyList<HolidayRow> Holidays { get; init; } = [];

        /// <summary>Slots that are on, or nearly over, while something keeps their deployment from starting or going on.</summary>
        public IReadOnlyList<WaitRow> Waits { get; init; } = [];
    }

    /// <param name="Calendar">Name of the calendar that says so.</param>
    public sealed record HolidayRow(DateOnly Day, string Name, string Calendar);

    /// <param name="Since">When it would have gone on otherwise.</param>
    /// <param name="Until">When what it waits for is expected to be free; null where nobody knows.</param>
    /// <param name="Sentence">What it waits for, and whom.</param>
    public sealed record WaitRow(string Number, string Environment, DateTimeOffset Since, DateTimeOffset? Until, string Sentence);

    /// <summary>One deployment. A year has many of them, so what is not known is left out instead of written as null.</summary>
    /// <param name="Service">Key of the service that it was planned for first.</param>
    /// <param name="Start">Of the slot; null for what was done on demand.</param>
    /// <param name="StartedAt">When the first run really started.</param>
    /// <param name="EndedAt">When it really ended; null while it goes on.</param>
    /// <param name="MayMove">Whoever asks may reschedule it.</param>
    /// <param name="Reserved">Number of the exception until whose decision the slot is only kept for the deployment; null for its own slot.</param>
    public sealed record SlotRow(
        string Number, string Title, string Service, string Environment, DeploymentStatus Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Outcome? Outcome,
        DateTimeOffset? Start, DateTimeOffset? End,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? StartedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt,
        bool MayMove,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reserved = null)
    {
        /// <summary>Keys of all whose components it moves, its own first; left out where that is one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Services { get; init; }
    }

    /// <param name="Scope">Where it holds, in words.</param>
    /// <param name="Environment">Null where it holds in every one.</param>
    public sealed record WindowRow(string Number, string Name, string Scope, string? Environment, string? Service, string Zone, IReadOnlyList<Slot> Times);

    /// <param name="Scope">Where it holds, in words.</param>
    /// <param name="Environment">Null where it holds in every one.</param>
    public sealed record FreezeRow(string Number, string Name, string Reason, string Scope, string? Environment, string? Service, string Zone, IReadOnlyList<Slot> Times);

    /// <param name="Organisation">Key of the organisation.</param>
    /// <param name="Name">What it is called, with whose it is.</param>
    /// <param name="Environments">Keys of those that it concerns; empty for every one.</param>
    public sealed record PartnerFreezeRow(string Organisation, string Name, IReadOnlyList<string> Environments, string Zone, DateTimeOffset Start, DateTimeOffset End)
    {
        public bool Reaches(string environment) => Environments.Count == 0 || Environments.Contains(environment);
    }

    /// <summary>A component in an environment that one run holds, and who wants it next.</summary>
    /// <param name="Holder">Name of the run.</param>
    /// <param name="ReleaseExpectedAt">End of the holder's slot; null where it has none, or is late.</param>
    /// <param name="Waiting">Numbers of deployments, in the order in which they get it.</param>
    public sealed record LockRow(string Environment, string Component, string Holder, DateTimeOffset Since, DateTimeOffset? ReleaseExpectedAt, IReadOnlyList<string> Waiting);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowCalendar, Result<View>>
    {
        private static readonly DeploymentStatus[] NeverShown = [DeploymentStatus.Draft, DeploymentStatus.Cancelled, DeploymentStatus.Expired];

        public async ValueTask<Result<View>> Handle(ShowCalendar query, CancellationToken cancellationToken)
        {
            var range = new Occurrence(query.From.ToUniversalTime(), query.To.ToUniversalTime());
            if (range.IsEmpty) return Error.Invalid(Error.InvalidInput, nameof(To), "A calendar ends after it begins.");
            if (!range.Start.IsPlannable() || !range.End.IsPlannable()) return Error.Invalid(Error.InvalidInput, nameof(From), SlotBounds.Rule);
            if (range.Length > TimeSpan.FromDays(LongestDays)) return Error.Invalid(Error.InvalidInput, nameof(To), $"Ask for at most {LongestDays} days at once.");

            var (slots, leftOut) = await SlotsAsync(query, range, cancellationToken);
            var times = await CalendarTimes.ReadAsync(db, range, cancellationToken);
            var busy = (await db.BusyAtAsync(range.Start, range.End, clock.GetUtcNow(), cancellationToken)).Where(time => !time.Settings.HoldsHolidays());
            var (now, holidays) = (clock.GetUtcNow(), await db.HolidayCalendarsAsync(cancellationToken));
            var locks = await db.LocksAsync(query.Environment, now, cancellationToken);
            return new View(
                range.Start, range.End, slots,
                [.. times.Windows.Where(time => Shows(query, time.Window.Scope)).GroupBy(time => time.Window.Number).Select(Of)],
                [.. times.Freezes.Where(time => Shows(query, time.Freeze.Scope)).GroupBy(time => time.Freeze.Number).Select(Of)],
                [.. busy.Where(time => Shows(query, time)).Select(BusyAdvice.Of)],
                locks, leftOut, times.Windows.Count > 0 || await db.Windows.AnyAsync(cancellationToken))
            {
                Partners = [.. times.Partners.Where(time => time.Concerns(query.Service, query.Environment)).Select(Of)],
                Holidays = HolidaysIn(holidays, range),
                Waits = now >= range.Start && now < range.End ? await db.WaitsAsync(slots, locks, now, cancellationToken) : [],
            };
        }

        private static IReadOnlyList<HolidayRow> HolidaysIn(IEnumerable<BusyCalendar> calendars, Occurrence range)
        {
            var (first, last) = (DateOnly.FromDateTime(range.Start.UtcDateTime), DateOnly.FromDateTime(range.End.UtcDateTime.AddTicks(-1)));
            return
            [
                .. calendars.SelectMany(calendar => calendar.Holidays(), (calendar, holiday) => new HolidayRow(holiday.Day, holiday.Name, calendar.Settings.Name))
                    .Where(holiday => holiday.Day >= first && holiday.Day <= last).OrderBy(holiday => holiday.Day),
            ];
        }

        private async Task<(IReadOnlyList<SlotRow> Rows, bool LeftOut)> SlotsAsync(ShowCalendar query, Occurrence range, CancellationToken cancellationToken)
        {
            var services = await db.Services.AsNoTracking().Select(service => new { service.Id, service.Key }).ToDictionaryAsync(service => service.Id, service => service.Key, cancellationToken);
            var environments = await db.Environments.AsNoTracking().Select(environment => new { environment.Id, environment.Key }).ToDictionaryAsync(environment => environment.Id, environment => environment.Key, cancellationToken);
            var asked = Filtered(query, environments);
            var planned = await RowsAsync(asked.Where(deployment => deployment.Slot!.Start < range.End && deployment.Slot.End > range.Start), cancellationToken);
            var onDemand = await RowsAsync(asked.Where(deployment => EF.Property<DateTimeOffset?>(deployment.Slot!, nameof(Slot.Start)) == null && deployment.StartedAt < range.End && (deployment.CompletedAt == null || deployment.CompletedAt > range.Start)), cancellationToken);

            var owners = await db.Components.AsNoTracking().Select(component => new { component.Id, component.ServiceId })
                .ToDictionaryAsync(component => component.Id.Value, component => component.ServiceId, cancellationToken);
            var mayMove = MayMove(owners, services, environments);
            List<SlotRow> rows = [.. planned.Concat(onDemand).Take(MostSlots).Select(row => new SlotRow(
                row.Number, row.Title, services[row.ServiceId], environments[row.EnvironmentId], row.Status, row.Outcome, row.Start, row.End, row.StartedAt, row.CompletedAt,
                row.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled && mayMove(row))
            { Services = SeveralOf(row.ComponentIds, owners, services) })];
            rows.AddRange(await ReservedAsync(asked, range, owners, services, environments, cancellationToken));
            return (rows, planned.Count + onDemand.Count > MostSlots);
        }

        /// <summary>Whether the caller may plan for every service of which a deployment moves anything. Each pair of service and environment is judged once.</summary>
        private Func<Read, bool> MayMove(Dictionary<Guid, ServiceId> owners, Dictionary<ServiceId, string> services, Dictionary<EnvironmentId, string> environments)
        {
            if (caller.RefusalOf(Permission.PlanDeployments) is not null) return _ => false;

            var may = new Dictionary<(ServiceId, EnvironmentId), bool>();
            return row => row.ComponentIds.All(component => May(owners[component], row.EnvironmentId));

            bool May(ServiceId service, EnvironmentId environment)
            {
                if (!may.TryGetValue((service, environment), out var known))
                    may[(service, environment)] = known = caller.RefusalOf(Permission.PlanDeployments, services[service], environments[environment]) is null;
                return known;
            }
        }

        private static string[]? SeveralOf(IReadOnlyList<Guid> components, Dictionary<Guid, ServiceId> owners, Dictionary<ServiceId, string> services)
        {
            if (components.Count < 2) return null;

            string[] moved = [.. components.Select(component => services[owners[component]]).Distinct()];
            return moved.Length < 2 ? null : moved;
        }

        private IQueryable<Deployment> Filtered(ShowCalendar query, Dictionary<EnvironmentId, string> environments)
        {
            var deployments = query.Mine ? db.DeploymentsOf(caller.Actor) : db.Deployments;
            if (query.Service is { Length: > 0 } service) deployments = deployments.OfService(db, service);
            if (query.Environment is { Length: > 0 } environment)
            {
                var id = environments.FirstOrDefault(known => known.Value == environment).Key;
                deployments = deployments.Where(deployment => deployment.EnvironmentId == id);
            }

            return deployments.Where(deployment => !NeverShown.Contains(deployment.Status));
        }

        /// <summary>Slots that are kept for deployments until somebody has decided about an exception of theirs.</summary>
        private async Task<IEnumerable<SlotRow>> ReservedAsync(
            IQueryable<Deployment> deployments, Occurrence range, Dictionary<Guid, ServiceId> owners, Dictionary<ServiceId, string> services, Dictionary<EnvironmentId, string> environments,
            CancellationToken cancellationToken)
        {
            var kept = await (from exception in db.FreezeExceptions
                              where exception.Status == FreezeExceptionStatus.Requested && exception.Reserved != null && exception.Reserved.Start < range.End && exception.Reserved.End > range.Start
                              join deployment in deployments on exception.DeploymentId equals deployment.Id
                              orderby exception.Reserved!.Start
                              select new { exception.Number, exception.Reserved!.Start, exception.Reserved.End, Deployment = deployment.Number, deployment.Title, deployment.ServiceId, deployment.EnvironmentId, deployment.Status, deployment.ComponentIds })
                .Take(ReservedSlots.Most).ToListAsync(cancellationToken);
            return kept.Select(row => new SlotRow(
                row.Deployment, $"{row.Title}, reserved until {row.Number} is decided", services[row.ServiceId], environments[row.EnvironmentId], row.Status, null, row.Start, row.End, null, null, false, row.Number)
            { Services = SeveralOf(row.ComponentIds, owners, services) });
        }

        private sealed record Read(
            string Number, string Title, ServiceId ServiceId, EnvironmentId EnvironmentId, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset? Start, DateTimeOffset? End,
            DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, IReadOnlyList<Guid> ComponentIds);

        /// <summary>Without the plan: it is large, and a year has many.</summary>
        private static Task<List<Read>> RowsAsync(IQueryable<Deployment> deployments, CancellationToken cancellationToken) => deployments.AsNoTracking()
            .OrderBy(deployment => deployment.Slot!.Start).ThenBy(deployment => deployment.Number)
            .Take(MostSlots + 1)
            .Select(deployment => new Read(
                deployment.Number, deployment.Title, deployment.ServiceId, deployment.EnvironmentId, deployment.Status, deployment.Outcome,
                deployment.Slot!.Start, deployment.Slot.End, deployment.StartedAt, deployment.CompletedAt, deployment.ComponentIds))
            .ToListAsync(cancellationToken);

        private static bool Shows(ShowCalendar query, CalendarScope scope) =>
            (string.IsNullOrEmpty(query.Environment) || scope.Environment is null || scope.Environment == query.Environment)
            && (string.IsNullOrEmpty(query.Service) || scope.Service is null || scope.Service == query.Service);

        private static bool Shows(ShowCalendar query, BusyTime time) =>
            string.IsNullOrEmpty(query.Environment) ? string.IsNullOrEmpty(query.Service) || time.Settings.Services.Count == 0 || time.Settings.Services.Contains(query.Service)
            : time.Settings.Concerns(query.Environment, query.Service);

        private static PartnerFreezeRow Of(PartnerFreezeTime time)
        {
            var concerns = time.Organisation.Concerns.Where(concern => concern.Ended is null).Select(concern => concern.Environment).Distinct().ToList();
            return new PartnerFreezeRow(
                time.Organisation.Key, $"{time.Freeze.Name} of {time.Organisation.Name}", concerns.Contains(null) ? [] : [.. concerns.OfType<string>()], time.Freeze.TimeZone, time.When.Start, time.When.End);
        }

        private static WindowRow Of(IGrouping<string, WindowTime> times)
        {
            var window = times.First().Window;
            return new WindowRow(window.Number, window.Name, window.Scope.InWords(), window.Scope.Environment, window.Scope.Service, window.When.Zone, [.. times.Select(time => new Slot(time.When.Start, time.When.End))]);
        }

        private static FreezeRow Of(IGrouping<string, FreezeTime> times)
        {
            var freeze = times.First().Freeze;
            return new FreezeRow(freeze.Number, freeze.Name, freeze.Reason, freeze.Scope.InWords(), freeze.Scope.Environment, freeze.Scope.Service, freeze.When.Zone, [.. times.Select(time => new Slot(time.When.Start, time.When.End))]);
        }
    }
}
