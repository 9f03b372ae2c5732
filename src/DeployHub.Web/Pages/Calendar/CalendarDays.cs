using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.BusyTimes;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>The calendar as it is read without script: what each day holds, in UTC.</summary>
/// <param name="LeftOut">Slots beyond those that a page shows.</param>
public sealed record CalendarDays(IReadOnlyList<CalendarDays.Day> Days, int LeftOut, Func<string, string> MoveAddress)
{
    private const int MostSlots = 500;

    /// <param name="Windows">Names and times, each in a few words.</param>
    public sealed record Day(DateOnly Date, IReadOnlyList<ShowCalendar.SlotRow> Slots, IReadOnlyList<string> Windows, IReadOnlyList<string> Freezes, IReadOnlyList<BusyAdvice> Busy)
    {
        /// <summary>Freezes of partners, with whose they are.</summary>
        public IReadOnlyList<string> Partners { get; init; } = [];

        /// <summary>What is celebrated, and by whose calendar.</summary>
        public IReadOnlyList<string> Holidays { get; init; } = [];
    }

    /// <summary>Days on which nothing is are left out.</summary>
    public static CalendarDays Of(ShowCalendar.View view, CalendarRange range, Func<string, string> moveAddress)
    {
        var slots = view.Slots.Take(MostSlots).ToLookup(slot => DayOf(slot.Start ?? slot.StartedAt!.Value, range));
        var windows = view.Windows.SelectMany(window => window.Times, (window, time) => (time, Text: $"{window.Name} {InWords(time)}"))
            .SelectMany(window => DaysOf(window.time, range), (window, day) => (Day: day, window.Text)).ToLookup(window => window.Day, window => window.Text);
        var freezes = view.Freezes.SelectMany(freeze => freeze.Times, (freeze, time) => (time, Text: $"{freeze.Name} {InWords(time)}"))
            .SelectMany(freeze => DaysOf(freeze.time, range), (freeze, day) => (Day: day, freeze.Text)).ToLookup(freeze => freeze.Day, freeze => freeze.Text);
        var partners = view.Partners.Select(freeze => (When: new Slot(freeze.Start, freeze.End), freeze.Name))
            .SelectMany(freeze => DaysOf(freeze.When, range), (freeze, day) => (Day: day, Text: $"{freeze.Name} {InWords(freeze.When)}")).ToLookup(freeze => freeze.Day, freeze => freeze.Text);
        var holidays = view.Holidays.ToLookup(holiday => holiday.Day, holiday => $"{holiday.Name} ({holiday.Calendar})");
        var busy = view.Busy.ToLookup(period => DayOf(period.Start, range));
        return new CalendarDays(
            [
                .. Enumerable.Range(0, range.To.DayNumber - range.From.DayNumber).Select(range.From.AddDays)
                    .Select(day => new Day(day, [.. slots[day]], [.. windows[day]], [.. freezes[day]], [.. busy[day]]) { Partners = [.. partners[day]], Holidays = [.. holidays[day]] })
                    .Where(day => day.Slots.Count + day.Windows.Count + day.Freezes.Count + day.Busy.Count + day.Partners.Count + day.Holidays.Count > 0),
            ],
            Math.Max(0, view.Slots.Count - MostSlots), moveAddress);
    }

    /// <summary>A window permits, and a freeze forbids, on every day that it touches.</summary>
    private static IEnumerable<DateOnly> DaysOf(Slot time, CalendarRange range)
    {
        var last = DateOnly.FromDateTime(time.End.UtcDateTime.AddTicks(-1));
        for (var day = DayOf(time.Start, range); day <= last && day < range.To; day = day.AddDays(1)) yield return day;
    }

    /// <summary>What began before is shown on the first day.</summary>
    private static DateOnly DayOf(DateTimeOffset at, CalendarRange range)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day < range.From ? range.From : day;
    }

    private static string InWords(Slot time) => time.Start.UtcDateTime.Date == time.End.UtcDateTime.Date
        ? $"{time.Start.UtcDateTime:HH:mm}–{time.End.UtcDateTime:HH:mm}"
        : $"{time.Start.UtcDateTime:d MMM HH:mm} – {time.End.UtcDateTime:d MMM HH:mm}";
}
