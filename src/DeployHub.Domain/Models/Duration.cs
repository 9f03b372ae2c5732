using System.Globalization;

namespace DeployHub.Domain.Models;

/// <summary>Durations as people write them: <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>.</summary>
public static class Duration
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>Refused with <c>duration.malformed</c> unless it is a positive number and a unit, at most 60 days.</summary>
    public static Result<TimeSpan> Parse(string? text)
    {
        var unit = (text ?? "").AsSpan().TrimStart("0123456789.");
        var scale = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => 0d };
        var isNumber = double.TryParse((text ?? "")[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);

        return isNumber && scale > 0 && number >= 0 && number * scale <= Longest.TotalSeconds
            ? TimeSpan.FromSeconds(number * scale)
            : new Error(ErrorKind.Invalid, "duration.malformed", $"“{text}” is no duration: write a number and ms, s, m, h or d, such as 90s; at most 60 days.");
    }

    /// <summary>As people say them: “850 ms”, “12 s”, “3 min 5 s”, “2 h 10 min”, “4 d 3 h”: two units at most.</summary>
    public static string InWords(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Round(span.TotalMilliseconds)) switch
    {
        { TotalSeconds: < 1 } whole => $"{Math.Max(0, (int)whole.TotalMilliseconds)} ms",
        { TotalMinutes: < 1 } whole => $"{(int)whole.TotalSeconds} s",
        { TotalHours: < 1 } whole => Two((int)whole.TotalMinutes, "min", whole.Seconds, "s"),
        { TotalDays: < 1 } whole => Two((int)whole.TotalHours, "h", whole.Minutes, "min"),
        var whole => Two((int)whole.TotalDays, "d", whole.Hours, "h"),
    };

    /// <summary>For durations that were checked when the model was published.</summary>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Of(string text) => Parse(text) is { Error: null } parsed ? parsed.Value : throw new FormatException($"“{text}” is no duration.");

    private static string Two(int large, string unit, int small, string smallUnit) =>
        small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";
}
