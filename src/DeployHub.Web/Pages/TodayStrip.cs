using System.Globalization;
using DeployHub.Domain;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages;

/// <summary>A day as one line of 24 hours, UTC: slots, freezes and now, in minutes of the day.</summary>
internal sealed class TodayStrip
{
    public const int Minutes = 24 * 60;

    /// <summary>So many slots beside each other; what comes on top of them is in the table.</summary>
    public const int MostLanes = 6;

    /// <summary>A slot of a few minutes is still seen.</summary>
    private const double Narrowest = 6;

    private readonly DateTimeOffset _begins;

    public TodayStrip(ShowCalendar.View calendar, DateTimeOffset now)
    {
        _begins = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        Now = Number((now - _begins).TotalMinutes);
        Slots = [.. Placed(calendar.Slots.Where(slot => slot is { Start: not null, End: not null }).OrderBy(slot => slot.Start).ThenBy(slot => slot.Number))];
        Freezes = [.. calendar.Freezes.SelectMany(freeze => freeze.Times, (freeze, time) => (freeze, time)).Where(held => IsToday(held.time.Start, held.time.End)).OrderBy(held => held.time.Start)
            .Select(held => new Bar(held.freeze.Number, held.freeze.Name, $"/calendar/freezes/{held.freeze.Number}", held.time.Start, held.time.End, MarkState.Halted, 0, X(held.time.Start), Wide(held.time.Start, held.time.End)))];
        Next = Slots.FirstOrDefault(slot => slot.From > now);
    }

    /// <param name="Lane">From 0, downwards.</param>
    /// <param name="X">Where it begins.</param>
    /// <param name="Wide">How far it reaches.</param>
    public sealed record Bar(string Number, string Name, string Href, DateTimeOffset From, DateTimeOffset To, MarkState State, int Lane, string X, string Wide)
    {
        public bool IsDrawn => Lane < MostLanes;
    }

    public IReadOnlyList<Bar> Slots { get; }

    public IReadOnlyList<Bar> Freezes { get; }

    public string Now { get; }

    /// <summary>The slot that begins next today; null where none does.</summary>
    public Bar? Next { get; }

    public int Lanes => Math.Clamp(Slots.Count == 0 ? 1 : Slots.Max(slot => slot.Lane) + 1, 1, MostLanes);

    /// <summary>The picture in a sentence.</summary>
    public string InWords =>
        $"{(Slots.Count == 0 ? "No slot" : Words.Count(Slots.Count, "slot"))} and {(Freezes.Count == 0 ? "no freeze" : Words.Count(Freezes.Count, "freeze"))} today"
        + (Next is { } next ? $"; next is {next.Number} at {next.From.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC." : ".");

    private IEnumerable<Bar> Placed(IEnumerable<ShowCalendar.SlotRow> slots)
    {
        List<DateTimeOffset> ends = [];
        foreach (var slot in slots.Where(slot => IsToday(slot.Start!.Value, slot.End!.Value)))
        {
            var (start, end) = (slot.Start!.Value, slot.End!.Value);
            var lane = ends.FindIndex(free => free <= start);
            if (lane < 0) (lane, ends) = (ends.Count, [.. ends, end]);
            else ends[lane] = end;
            yield return new Bar(slot.Number, slot.Title, $"/deployments/{slot.Number}", start, end, slot.Status.Mark(slot.Outcome), lane, X(start), Wide(start, end));
        }
    }

    private bool IsToday(DateTimeOffset start, DateTimeOffset end) => start < _begins.AddDays(1) && end > _begins;

    private string X(DateTimeOffset start) => Number(Math.Min(Minutes - Narrowest, From(start)));

    private string Wide(DateTimeOffset start, DateTimeOffset end) => Number(Math.Max(Narrowest, Math.Min(Minutes, (end - _begins).TotalMinutes) - From(start)));

    private double From(DateTimeOffset start) => Math.Max(0, (start - _begins).TotalMinutes);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
