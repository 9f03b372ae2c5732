using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>A row for every environment over one scale of time: windows and freezes as ground, slots with what became of them on it.</summary>
/// <param name="Ticks">What stands above equal parts of the scale.</param>
/// <param name="Now">Where the present is; null when it is not shown.</param>
public sealed record ScheduleGantt(IReadOnlyList<string> Ticks, IReadOnlyList<ScheduleGantt.Row> Rows, string? Now, int LeftOut)
{
    public const int Width = 1000;
    public const int LaneHeight = 20;

    private const double Narrowest = 2;

    /// <summary>Of one row: more would be lines, not bars.</summary>
    private const int MostBars = 300;

    /// <param name="Environment">Its key; null for the calendars of others.</param>
    /// <param name="Height">In the units of the picture.</param>
    public sealed record Row(string? Environment, int Height, IReadOnlyList<Ground> Grounds, IReadOnlyList<Bar> Bars);

    /// <param name="Kind"><c>window</c>, <c>freeze</c>, <c>partner</c>, <c>holiday</c> or <c>busy</c>.</param>
    public sealed record Ground(string Kind, string X, string Width, string Title);

    /// <param name="Actual">Where it really was; null while it has not started.</param>
    /// <param name="Wait">From when it should go on until what it waits for is expected to be free, and what that is; null where it does not wait.</param>
    public sealed record Bar(string Number, string Title, string State, string X, string Width, int Y, (string X, string Width)? Actual, (string X, string Width, string Title)? Wait);

    public static ScheduleGantt Of(ShowCalendar.View view, GanttZoom zoom, DateTimeOffset now)
    {
        var scale = new Scale(view.From, view.To);
        var environments = view.Slots.Select(slot => slot.Environment).Concat(view.Windows.Select(window => window.Environment).OfType<string>()).Concat(view.Freezes.Select(freeze => freeze.Environment).OfType<string>())
            .Distinct().Order(StringComparer.Ordinal).ToList();
        var slots = view.Slots.ToLookup(slot => slot.Environment);
        return new ScheduleGantt(
            TicksOf(view.From, zoom),
            [
                .. environments.Select(environment => RowOf(view, environment, [.. slots[environment].Take(MostBars)], scale, now)),
                .. view.Busy.Count == 0 ? [] : new[] { new Row(null, LaneHeight, [.. view.Busy.Take(MostBars).Select(busy => scale.Ground("busy", new Slot(busy.Start, busy.End), busy.Name))], []) },
            ],
            now > view.From && now < view.To ? scale.X(now) : null, environments.Sum(environment => Math.Max(0, slots[environment].Count() - MostBars)));
    }

    private static Row RowOf(ShowCalendar.View view, string environment, List<ShowCalendar.SlotRow> slots, Scale scale, DateTimeOffset now)
    {
        var lanes = GanttLanes.Place(slots.Select(slot => new GanttBar(NameOf(slot), From(slot), To(slot, now), slot.Status.Mark(slot.Outcome)))).ToDictionary(placed => placed.Bar.Name);
        var height = LaneHeight * Math.Max(1, lanes.Values.Select(placed => placed.Lanes).DefaultIfEmpty(1).Max());
        var bars = slots.Select(slot => BarOf(slot, WaitFor(slot, view.Waits), lanes[NameOf(slot)].Lane, scale, now));
        return new Row(environment, height, [.. GroundsOf(view, environment, scale)], [.. bars]);
    }

    /// <summary>A deployment has a bar for its slot, and one for each that is kept for it.</summary>
    private static string NameOf(ShowCalendar.SlotRow slot) => slot.Reserved ?? slot.Number;

    private static ShowCalendar.WaitRow? WaitFor(ShowCalendar.SlotRow slot, IEnumerable<ShowCalendar.WaitRow> waits) =>
        slot.Reserved is null ? waits.FirstOrDefault(wait => wait.Number == slot.Number) : null;

    private static IEnumerable<Ground> GroundsOf(ShowCalendar.View view, string environment, Scale scale)
    {
        foreach (var holiday in view.Holidays)
        {
            var midnight = CalendarRange.Midnight(holiday.Day);
            yield return scale.Ground("holiday", new Slot(midnight, midnight.AddDays(1)), $"Public holiday: {holiday.Name}, {holiday.Calendar}.");
        }

        foreach (var window in view.Windows.Where(window => window.Environment is null || window.Environment == environment))
            foreach (var time in window.Times) yield return scale.Ground("window", time, $"Window: {window.Name}");
        foreach (var freeze in view.Freezes.Where(freeze => freeze.Environment is null || freeze.Environment == environment))
            foreach (var time in freeze.Times) yield return scale.Ground("freeze", time, $"Freeze: {freeze.Name}. {freeze.Reason}");
        foreach (var freeze in view.Partners.Where(freeze => freeze.Reaches(environment)))
            yield return scale.Ground("partner", new Slot(freeze.Start, freeze.End), $"Partner's freeze: {freeze.Name}.");
    }

    private static Bar BarOf(ShowCalendar.SlotRow slot, ShowCalendar.WaitRow? wait, int lane, Scale scale, DateTimeOffset now)
    {
        var (x, width) = scale.Place(From(slot), To(slot, now));
        (string, string)? actual = slot.StartedAt is { } began ? scale.Place(began, slot.EndedAt ?? now) : null;
        return new Bar(slot.Number, $"{slot.Number} {slot.Title}{(slot.Services is { } several ? $" of {Words.Few(several)}" : "")}, {slot.Status.Word(slot.Outcome)}, {From(slot).UtcDateTime:ddd d MMM HH:mm} to {To(slot, now).UtcDateTime:d MMM HH:mm} UTC", slot.Status.Mark(slot.Outcome).Css(), x, width, lane * LaneHeight, actual, wait is null ? null : WaitOf(wait, scale, now));
    }

    private static (string X, string Width, string Title) WaitOf(ShowCalendar.WaitRow wait, Scale scale, DateTimeOffset now)
    {
        var (x, width) = scale.Place(wait.Since, wait.Until > now ? wait.Until.Value : now);
        return (x, width, $"{wait.Number} waits since {wait.Since.UtcDateTime:ddd d MMM HH:mm} UTC. {wait.Sentence}{(wait.Until is { } until ? $" Expected to be free at {until.UtcDateTime:ddd d MMM HH:mm} UTC." : "")}");
    }

    private static DateTimeOffset From(ShowCalendar.SlotRow slot) => slot.Start ?? slot.StartedAt!.Value;

    private static DateTimeOffset To(ShowCalendar.SlotRow slot, DateTimeOffset now) => slot.End ?? slot.EndedAt ?? now;

    private static IReadOnlyList<string> TicksOf(DateTimeOffset from, GanttZoom zoom) => zoom switch
    {
        GanttZoom.Day => [.. Enumerable.Range(0, 12).Select(tick => $"{from.AddHours(2 * tick):HH:mm}")],
        GanttZoom.Week => [.. Enumerable.Range(0, 7).Select(tick => $"{from.AddDays(tick):ddd d}")],
        GanttZoom.Month => [.. Enumerable.Range(0, 14).Select(tick => $"{from.AddDays(2 * tick):d MMM}")],
        _ => [.. Enumerable.Range(0, 13).Select(tick => $"{from.AddDays(7 * tick):d MMM}")],
    };

    /// <summary>Time as places on the picture.</summary>
    private sealed record Scale(DateTimeOffset From, DateTimeOffset To)
    {
        private double Span => (To - From).TotalSeconds;

        public string X(DateTimeOffset at) => Number(Math.Clamp(Width * (at - From).TotalSeconds / Span, 0, Width));

        public (string X, string Width) Place(DateTimeOffset start, DateTimeOffset end)
        {
            var from = Math.Clamp(ScheduleGantt.Width * (start - From).TotalSeconds / Span, 0, ScheduleGantt.Width - Narrowest);
            var to = Math.Clamp(ScheduleGantt.Width * (end - From).TotalSeconds / Span, 0, ScheduleGantt.Width);
            return (Number(from), Number(Math.Max(Narrowest, to - from)));
        }

        public Ground Ground(string kind, Slot time, string title)
        {
            var (x, width) = Place(time.Start, time.End);
            return new Ground(kind, x, width, $"{title} {time.Start.UtcDateTime:ddd d MMM HH:mm} to {time.End.UtcDateTime:ddd d MMM HH:mm} UTC");
        }

        private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
