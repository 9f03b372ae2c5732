using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Checks;

/// <summary>When a line of a log was written, by what stands near its beginning: ISO 8601, syslog, Apache and nginx, or JSON.</summary>
/// <param name="now">The host's clock.</param>
/// <param name="offset">The host's time zone, for dates without one.</param>
internal sealed partial class LogDates(DateTimeOffset now, TimeSpan offset)
{
    private const int LooksAt = 400;
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Null when the line has no date of its own.</summary>
    public DateTimeOffset? Of(string line)
    {
        var beginning = line.Length > LooksAt ? line[..LooksAt] : line;
        if (Iso().Match(beginning) is { Success: true } iso) return Date(Number(iso, "y"), Number(iso, "m"), Number(iso, "d"), iso);
        if (Apache().Match(beginning) is { Success: true } apache) return Date(Number(apache, "y"), Month(apache), Number(apache, "d"), apache);
        if (Syslog().Match(beginning) is { Success: true } syslog) return OfThisYear(syslog);
        return Epoch().Match(beginning) is { Success: true } epoch ? OfEpoch(epoch.Groups["t"].Value) : null;
    }

    private DateTimeOffset? Date(int year, int month, int day, Match match)
    {
        try
        {
            return new DateTimeOffset(year, month, day, Number(match, "h"), Number(match, "mi"), Math.Min(59, Number(match, "s")), Zone(match.Groups["z"].Value)); // 60 is a leap second
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // digits that are no date
        }
    }

    /// <summary>Syslog says no year; what would lie ahead was last year.</summary>
    private DateTimeOffset? OfThisYear(Match match)
    {
        var year = now.ToOffset(offset).Year;
        var date = Date(year, Month(match), Number(match, "d"), match);
        return date > now.AddDays(1) ? Date(year - 1, Month(match), Number(match, "d"), match) : date;
    }

    private static DateTimeOffset? OfEpoch(string digits) =>
        !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
        : digits.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number);

    /// <summary>As <c>date +%z</c> says it, with or without a colon; none is the host's own.</summary>
    private TimeSpan Zone(string text) => text switch
    {
        "" => offset,
        "Z" or "z" => TimeSpan.Zero,
        _ => OffsetOf(text) ?? offset,
    };

    /// <summary>Null for anything else than <c>+0100</c> or <c>+01:00</c>.</summary>
    public static TimeSpan? OffsetOf(string text) =>
        text.Replace(":", "", StringComparison.Ordinal) is { Length: 5 } zone && int.TryParse(zone[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && int.TryParse(zone[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1)
            : null;

    private static int Month(Match match) => Array.IndexOf(Months, match.Groups["mon"].Value) + 1;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![0-9])(?<y>[0-9]{4})[-/](?<m>[0-9][0-9])[-/](?<d>[0-9][0-9])[T ](?<h>[0-9][0-9]):(?<mi>[0-9][0-9]):(?<s>[0-9][0-9])(?:[.,][0-9]{1,9})? ?(?<z>[Zz]|[+-][0-9][0-9]:?[0-9][0-9])?", RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<d>[0-9][0-9])/(?<mon>[A-Z][a-z]{2})/(?<y>[0-9]{4}):(?<h>[0-9][0-9]):(?<mi>[0-9][0-9]):(?<s>[0-9][0-9]) (?<z>[+-][0-9]{4})", RegexOptions.ExplicitCapture)]
    private static partial Regex Apache();

    [GeneratedRegex(@"^(<[0-9]{1,3}>)?(?<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<d>[ 0-9]?[0-9]) (?<h>[0-9][0-9]):(?<mi>[0-9][0-9]):(?<s>[0-9][0-9])(?<z>)", RegexOptions.ExplicitCapture)]
    private static partial Regex Syslog();

    [GeneratedRegex("\"(ts|time|timestamp|@timestamp)\" ?: ?\"?(?<t>[0-9]{13}|[0-9]{10})", RegexOptions.ExplicitCapture)]
    private static partial Regex Epoch();
}
