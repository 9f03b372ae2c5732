using System.Text.Json.Serialization;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>
/// When something happens, as people say it: wall time in a named zone, once or again and again (RFC 5545). What instants that gives, across
/// changes of daylight saving too, is evaluated outside of the domain.
/// </summary>
/// <param name="Start">Wall time of the first start, and the time of day of every other.</param>
/// <param name="Duration">Wall time from a start to its end, however long that lasts when clocks change between.</param>
/// <param name="Zone">IANA name, such as <c>Europe/Stockholm</c>.</param>
/// <param name="Rule">RRULE without its name, such as <c>FREQ=WEEKLY;BYDAY=FR</c>; null for once.</param>
public sealed record Recurrence(DateTime Start, TimeSpan Duration, string Zone, string? Rule = null)
{
    public const int MostExceptions = 400;

    public const int LongestRule = 400;

    private static readonly string[] FinerThanADay = ["SECONDLY", "MINUTELY", "HOURLY"], Frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

    /// <summary>Days, in the zone, on which it does not start (EXDATE).</summary>
    public IReadOnlyList<DateOnly> Except { get; init; } = [];

    /// <summary>Says when it ends by itself; without a rule, it happens once.</summary>
    [JsonIgnore]
    public bool IsEndless => Rule is not null && Part("COUNT") is null && Part("UNTIL") is null;

    /// <summary>The same text for the same recurrence: what an evaluation is remembered by.</summary>
    [JsonIgnore]
    public string Text => $"{Start:O}/{Duration:c}/{Zone}/{Rule}/{string.Join(',', Except.Order().Select(day => $"{day:yyyyMMdd}"))}";

    /// <summary>Capital letters, without blanks and without the name RRULE; null for nothing.</summary>
    public static string? RuleOf(string? written)
    {
        var rule = string.Concat((written ?? "").Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant().Trim(';');
        if (rule.StartsWith("RRULE:", StringComparison.Ordinal)) rule = rule["RRULE:".Length..];
        return rule.Length == 0 ? null : rule;
    }

    /// <summary>The value of one part of the rule; null where it has none.</summary>
    public string? Part(string name) =>
        Rule?.Split(';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part[0] == name) is [_, var value] ? value : null;

    /// <summary>What is wrong with it without evaluating it; null where nothing is.</summary>
    public Error? Objection()
    {
        if (Duration <= TimeSpan.Zero) return CalendarErrors.EndsBeforeItStarts;
        if (Duration > TimeSpan.FromDays(366)) return CalendarErrors.TooLong;
        if (Start.Year is < 2000 or > 2100) return CalendarErrors.StartOutOfRange;
        if (Except.Count > MostExceptions) return CalendarErrors.TooManyExceptions;
        if (Rule is null) return null;

        if (Rule.Length > LongestRule) return CalendarErrors.RuleMalformed($"it has more than {LongestRule} characters");
        if (Repeated() is { } repeated) return CalendarErrors.RuleMalformed($"it says {repeated} twice"); // of two, only the last would count
        if (Part("FREQ") is not { } frequency) return CalendarErrors.RuleMalformed("it has no FREQ");
        if (FinerThanADay.Contains(frequency)) return CalendarErrors.FinerThanADay(frequency);
        if (!Frequencies.Contains(frequency)) return CalendarErrors.RuleMalformed($"“{frequency}” is no frequency"); // some libraries read numbers as names
        return Part("BYHOUR") is not null || Part("BYMINUTE") is not null || Part("BYSECOND") is not null ? CalendarErrors.TimeInRule : null;
    }

    private string? Repeated() => Rule!.Split(';').Select(part => part.Split('=', 2)[0]).GroupBy(name => name).FirstOrDefault(name => name.Count() > 1)?.Key;

    public bool Equals(Recurrence? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
