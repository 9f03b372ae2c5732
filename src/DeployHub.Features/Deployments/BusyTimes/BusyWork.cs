using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>
/// How much following the recurrences of a calendar costs, told from its text before anything is followed: whoever writes a calendar does not decide
/// how long DeployHub counts.
/// </summary>
internal sealed partial class BusyWork(DateTimeOffset until)
{
    /// <summary>Times that are looked at, of all events together; a few seconds of work.</summary>
    private const double Most = 500_000;

    private const int MostTimes = 10_000;
    private const int FirstYear = 1990;

    private static readonly string[] Frequencies = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

    private double _spent;

    /// <summary>What is wrong with a rule by itself; null where nothing is.</summary>
    public static string? ObjectionTo(string rule)
    {
        var parts = Parts(rule);
        if (parts is null) return "the recurrence cannot be read.";
        if (!parts.TryGetValue("FREQ", out var frequency)) return "the recurrence names no FREQ.";
        if (frequency is "SECONDLY" or "MINUTELY" || Many(parts, "BYMINUTE") > 1 || Many(parts, "BYSECOND") > 1) return "the recurrence comes round more often than every hour, which is not followed.";
        if (!Frequencies.Contains(frequency)) return "the recurrence cannot be read.";
        if (parts.TryGetValue("COUNT", out var count) && (!int.TryParse(count, CultureInfo.InvariantCulture, out var times) || times is < 1 or > MostTimes)) return $"the recurrence has a COUNT, which lies between 1 and {MostTimes}.";
        return parts.TryGetValue("INTERVAL", out var interval) && (!int.TryParse(interval, CultureInfo.InvariantCulture, out var every) || every is < 1 or > MostTimes)
            ? $"the recurrence has an INTERVAL, which lies between 1 and {MostTimes}."
            : null;
    }

    /// <summary>Adds an event; why it is not followed, or null where it is.</summary>
    /// <param name="start">Its DTSTART.</param>
    public string? Take(string start, IReadOnlyList<string> rules)
    {
        if (rules.Count == 0) return null;
        if (start.Length < 4 || !int.TryParse(start.AsSpan(0, 4), CultureInfo.InvariantCulture, out var year) || year < FirstYear) return $"an event that recurs begins {FirstYear} or later.";

        _spent += rules.Sum(rule => Cost(Parts(rule)!, year));
        return _spent > Most ? "its events recur too often to be followed. Let them begin later, or less often." : null;
    }

    private double Cost(Dictionary<string, string> parts, int year)
    {
        var days = Math.Max(0, (until.UtcDateTime - new DateTime(year, 1, 1)).TotalDays);
        var isChosen = parts.Keys.Any(name => name.StartsWith("BY", StringComparison.Ordinal));
        var periods = parts["FREQ"] switch
        {
            "HOURLY" => days * 24,
            "DAILY" => days,
            "WEEKLY" => days / 7 * Math.Max(1, Many(parts, "BYDAY")),
            "MONTHLY" => days / 30 * (isChosen ? 31 : 1),
            _ => days / 365 * (isChosen ? 366 : 1),
        };
        return periods * Math.Max(1, Many(parts, "BYHOUR"));
    }

    private static int Many(Dictionary<string, string> parts, string name) => parts.TryGetValue(name, out var value) ? value.Split(',').Length : 0;

    /// <summary>Null where a part cannot be read, or is there twice: the last one would count.</summary>
    private static Dictionary<string, string>? Parts(string rule)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        foreach (var part in rule.ToUpperInvariant().TrimEnd(';').Split(';'))
            if (Part().Match(part) is not { Success: true } match || !parts.TryAdd(match.Groups[1].Value, match.Groups[2].Value)) return null;

        return parts;
    }

    [GeneratedRegex(@"^([A-Z]+)=([A-Z0-9,+:-]+)\z")]
    private static partial Regex Part();
}
