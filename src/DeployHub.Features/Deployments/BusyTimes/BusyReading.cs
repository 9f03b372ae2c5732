using System.Runtime.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>
/// Reads when others are busy from their calendar (RFC 5545): recurring events each time that they occur, until <see cref="BusyCalendar.Ahead"/>. What is
/// cancelled, or marked as free, keeps nobody busy. A time without a zone is one of the calendar's own zone; one that does not exist there moves forward,
/// and of one that occurs twice the first counts for starts and the second for ends (domain Appendix A).
/// </summary>
/// <param name="LeftOut">Later periods, beyond what one calendar may have; at least this many.</param>
public sealed record BusyReading(IReadOnlyList<BusyPeriod> Periods, int LeftOut)
{
    private const int LongestName = 200;

    private const string Unquoted = "what stands there is not understood. Upload the same calendar as a file to learn more.";

    /// <summary>Of thousands of events that recur every hour, not all are followed to the end.</summary>
    private const int MostOccurrences = 50_000;

    /// <summary>A rule that names nothing, such as 30 February, is given up after so many looks.</summary>
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>Refused with <c>busy.malformed</c>, with the line and the reason.</summary>
    /// <param name="zone">IANA zone of times that name none.</param>
    /// <param name="mayQuote">Words of the text may be told: to whoever sent it, never of what a worker found at an address inside.</param>
    public static Result<BusyReading> Read(string text, string zone, DateTimeOffset at, bool mayQuote = true)
    {
        if (BusyText.Objection(text, at + BusyCalendar.Ahead) is { } fault) return BusyErrors.Malformed(fault.Line, mayQuote ? fault.Reason : Unquoted);

        try
        {
            var calendars = CalendarCollection.Load(text);
            return calendars.Count == 0 ? BusyErrors.Malformed(null, "it holds no VCALENDAR.") : Of(calendars, TimeZoneInfo.FindSystemTimeZoneById(zone), at);
        }
        catch (EvaluationLimitExceededException)
        {
            return BusyErrors.Malformed(null, "an event recurs on a day that never comes, such as 30 February. Take it out.");
        }
        catch (Exception exception) when (exception is SerializationException or ArgumentException or FormatException or InvalidOperationException or EvaluationException or OverflowException)
        {
            return BusyErrors.Malformed(BusyText.LineOf(text, exception.Message), mayQuote ? exception.Message : Unquoted);
        }
    }

    private static BusyReading Of(CalendarCollection calendars, TimeZoneInfo zone, DateTimeOffset at)
    {
        var (from, to) = (at - BusyCalendar.Back, at + BusyCalendar.Ahead);
        var begin = new CalDateTime((from - BusyCalendar.Back).UtcDateTime); // so that what began earlier and still lasts is found
        var found = calendars
            .SelectMany(calendar => calendar.GetOccurrences<CalendarEvent>(begin, Bounded).TakeWhile(occurrence => Instant(occurrence.Period.StartTime, zone, isEnd: false) < to))
            .Take(MostOccurrences)
            .Where(occurrence => occurrence.Source is CalendarEvent { Status: not "CANCELLED", Transparency: not "TRANSPARENT" })
            .Select(occurrence => PeriodOf(occurrence, zone))
            .Where(period => period.End > from && period.End > period.Start)
            .Take(BusyCalendar.MostPeriods + 1)
            .ToList();
        return new BusyReading([.. found.Take(BusyCalendar.MostPeriods)], Math.Max(0, found.Count - BusyCalendar.MostPeriods));
    }

    private static BusyPeriod PeriodOf(Occurrence occurrence, TimeZoneInfo zone)
    {
        var start = Instant(occurrence.Period.StartTime, zone, isEnd: false);
        var end = occurrence.Period.EffectiveEndTime is { } until ? Instant(until, zone, isEnd: true) : start;
        return new BusyPeriod(start, end, Words.Beginning(((CalendarEvent)occurrence.Source).Summary is { Length: > 0 } name ? Storable(name) : "busy", LongestName));
    }

    private static DateTimeOffset Instant(CalDateTime time, TimeZoneInfo zone, bool isEnd)
    {
        if (time.TzId is not null) return new DateTimeOffset(time.AsUtc, TimeSpan.Zero);

        var wall = DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(wall) ? isEnd ? zone.GetAmbiguousTimeOffsets(wall).Min() : zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
