using System.Collections.Concurrent;
using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.Calendar;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Occurrence = DeployHub.Domain.Deployments.Calendar.Occurrence;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>
/// Turns recurrences into instants: Ical.Net says on which days, <see cref="WallTime"/> says when that is: a start takes the first of a wall time
/// that occurs twice, and an end the second (domain Appendix A).
/// </summary>
public static class RecurrenceEvaluation
{
    /// <summary>Nothing is evaluated further than this.</summary>
    private static readonly DateTime Horizon = new(2110, 1, 1);

    /// <summary>All that may ever be asked about.</summary>
    private static readonly Occurrence Known = new(new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2111, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Every day until the horizon, and half as many.</summary>
    private const int MostStarts = 60_000;

    /// <summary>A leap day may be eight years away, and a rule by days looks at each of them.</summary>
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 3000 };

    private const int MostRemembered = 1000, MostRememberedStarts = 4_000_000;
    private static readonly ConcurrentDictionary<string, Expansion> Remembered = new(StringComparer.Ordinal);

    /// <summary>Wall times at which it starts, in order, as far as <paramref name="Before"/>.</summary>
    /// <param name="IsWhole">There are no others after them.</param>
    private sealed record Expansion(DateTime[] Starts, DateTime Before, bool IsWhole);

    /// <summary>Every time of it that overlaps the range, in order.</summary>
    /// <param name="isKept">It exists, and will be asked about again.</param>
    public static IReadOnlyList<Occurrence> Between(this Recurrence recurrence, Occurrence range, bool isKept = true)
    {
        var looked = range.Within(Known);
        if (looked.IsEmpty) return [];

        var zone = WallTime.Zone(recurrence.Zone);
        var first = WallTime.In(looked.Start, zone) - recurrence.Duration - TimeSpan.FromDays(1);
        var last = WallTime.In(looked.End, zone) + TimeSpan.FromDays(1);
        var starts = recurrence.StartsBefore(last, isKept).Starts;
        List<Occurrence> found = [];
        for (var place = FirstFrom(starts, first); place < starts.Length && starts[place] < last; place++)
            if (At(starts[place], recurrence.Duration, zone) is var occurrence && occurrence.Overlaps(range)) found.Add(occurrence);

        return found;
    }

    /// <summary>The next times that are not over, in order.</summary>
    /// <param name="isKept">It exists, and will be asked about again.</param>
    public static IReadOnlyList<Occurrence> Next(this Recurrence recurrence, DateTimeOffset after, int most, bool isKept = true)
    {
        IReadOnlyList<Occurrence> found = [];
        for (var years = 1; years <= 32; years *= 2)
        {
            found = recurrence.Between(new Occurrence(after, after.AddYears(years)), isKept);
            if (found.Count >= most || recurrence.StartsBefore(WallTime.In(after.AddYears(years), TimeZoneInfo.Utc), isKept).IsWhole) break;
        }

        return [.. found.Take(most)];
    }

    /// <summary>Its first start and its last end. Ask only where <see cref="FullObjection"/> has none.</summary>
    public static RecurrenceSpan Span(this Recurrence recurrence)
    {
        var zone = WallTime.Zone(recurrence.Zone);
        var near = recurrence.StartsBefore(recurrence.Start.AddYears(9)).Starts;
        var first = At(near[0], recurrence.Duration, zone).Start;
        return new RecurrenceSpan(first, recurrence.IsEndless ? null : At(recurrence.StartsBefore(Horizon).Starts[^1], recurrence.Duration, zone).End);
    }

    /// <summary>What is wrong with it, named with its field; null where nothing is.</summary>
    public static Error? FullObjection(this Recurrence recurrence)
    {
        if (recurrence.Objection() is { } plain) return plain;
        if (!WallTime.IsZone(recurrence.Zone)) return CalendarErrors.ZoneUnknown(recurrence.Zone);
        if (recurrence.Rule is { } rule && Unreadable(rule) is { } why) return CalendarErrors.RuleMalformed(why);

        var starts = recurrence.StartsBefore(recurrence.Start.AddYears(9), isKept: false).Starts;
        if (starts.Length == 0) return CalendarErrors.NeverOccurs;

        var shortest = starts.Zip(starts.Skip(1), (one, next) => next - one).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        return shortest < recurrence.Duration ? CalendarErrors.LongerThanItsPeriod(recurrence.Duration, shortest) : null;
    }

    /// <summary>What the rule alone says of wall times, in order; the first start counts only where the rule gives it.</summary>
    /// <param name="isWhole">The rule ends before.</param>
    internal static DateTime[] WallStarts(string rule, DateTime start, DateTime before, out bool isWhole)
    {
        List<DateTime> starts = [];
        isWhole = true;
        try
        {
            foreach (var period in new RecurrencePatternEvaluator(new RecurrenceRule(rule)).Evaluate(new CalDateTime(start, true), null, Patience))
            {
                if (period.StartTime.Value >= before || starts.Count == MostStarts)
                {
                    isWhole = false;
                    break;
                }

                starts.Add(DateTime.SpecifyKind(period.StartTime.Value, DateTimeKind.Unspecified));
            }
        }
        catch (EvaluationException) // it found nothing more for so long that there is nothing more
        {
        }

        return [.. starts];
    }

    /// <param name="isKept">False for what is only tried out: it pushes out nothing that gates ask about.</param>
    private static Expansion StartsBefore(this Recurrence recurrence, DateTime before, bool isKept = true)
    {
        var until = before >= Horizon ? Horizon : new DateTime(before.Year + 1, 1, 1); // whole years, so that the next look finds it
        if (Remembered.TryGetValue(recurrence.Text, out var known) && (known.IsWhole || known.Before >= until)) return known;

        var expansion = recurrence.Expanded(until);
        if (!isKept) return expansion;

        if (Remembered.Count >= MostRemembered || Remembered.Values.Sum(one => one.Starts.Length) >= MostRememberedStarts) Remembered.Clear();
        return Remembered[recurrence.Text] = expansion;
    }

    private static Expansion Expanded(this Recurrence recurrence, DateTime until)
    {
        var isWhole = true;
        var starts = recurrence.Rule is null ? [recurrence.Start] : WallStarts(InWallTime(recurrence), recurrence.Start, until, out isWhole);
        return new Expansion([.. starts.Where(start => !recurrence.Except.Contains(DateOnly.FromDateTime(start)))], until, isWhole);
    }

    /// <summary>An UNTIL said as an instant is compared with wall times; one said as a day is the end of that day.</summary>
    private static string InWallTime(Recurrence recurrence)
    {
        if (recurrence.Part("UNTIL") is not { } until) return recurrence.Rule!;

        var wall = until;
        if (until.Length == 8) wall = $"{until}T235959";
        else if (DateTime.TryParseExact(until, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            wall = $"{WallTime.In(new DateTimeOffset(instant, TimeSpan.Zero), recurrence.Zone):yyyyMMdd'T'HHmmss}";
        return recurrence.Rule!.Replace($"UNTIL={until}", $"UNTIL={wall}", StringComparison.Ordinal);
    }

    private static string? Unreadable(string rule)
    {
        try
        {
            var frequency = new RecurrenceRule(rule).Frequency.ToString().ToUpperInvariant();
            return rule.Contains($"FREQ={frequency}", StringComparison.Ordinal) ? null : $"its FREQ is taken for {frequency}";
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or OverflowException)
        {
            return $"{unreadable.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}";
        }
    }

    /// <summary>An end that would come before its start, because the start had to move, moves as well.</summary>
    private static Occurrence At(DateTime start, TimeSpan duration, TimeZoneInfo zone)
    {
        var (from, to) = (WallTime.First(start, zone), WallTime.Last(start + duration, zone));
        return new Occurrence(from, to > from ? to : from + duration);
    }

    private static int FirstFrom(DateTime[] starts, DateTime from) => Array.BinarySearch(starts, from) is var place && place >= 0 ? place : ~place;
}
