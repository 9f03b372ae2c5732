using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using Ical.Net.DataTypes;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Finds what is wrong with the lines of a calendar, so that its author learns where: the library that reads them tells what, but not the line.</summary>
internal static partial class BusyText
{
    private static readonly string[] Times = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"];

    /// <summary>The first thing that is wrong; null when every line can be read.</summary>
    public static Error? Objection(string text)
    {
        var open = new Stack<(string Name, int Line)>();
        var hasStart = false;
        foreach (var (number, line) in Unfolded(text))
        {
            if (Form().Match(line) is not { Success: true } match) return BusyErrors.Malformed(number, $"“{Words.Beginning(line, 60)}” is no NAME:value.");

            var (name, parameters, value) = (match.Groups["name"].Value.ToUpperInvariant(), match.Groups["parameters"].Value, match.Groups["value"].Value);
            if (open.Count == 0 && !(name is "BEGIN" && value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase))) return BusyErrors.Malformed(number, "a calendar begins with BEGIN:VCALENDAR.");
            switch (name)
            {
                case "BEGIN":
                    open.Push((value.ToUpperInvariant(), number));
                    hasStart = hasStart && open.Peek().Name is not "VEVENT";
                    break;
                case "END" when !open.Peek().Name.Equals(value, StringComparison.OrdinalIgnoreCase):
                    return BusyErrors.Malformed(number, $"END:{value} closes BEGIN:{open.Peek().Name} of line {open.Peek().Line}.");
                case "END":
                    var (closed, began) = open.Pop();
                    if (closed is "VEVENT" && !hasStart) return BusyErrors.Malformed(began, "this event has no DTSTART.");
                    break;
                default:
                    if (ObjectionTo(name, parameters, value) is { } objection) return BusyErrors.Malformed(number, objection);
                    hasStart |= name is "DTSTART" && open.Peek().Name is "VEVENT";
                    break;
            }
        }

        return open.Count == 0 ? null : BusyErrors.Malformed(open.Peek().Line, $"BEGIN:{open.Peek().Name} is never closed.");
    }

    /// <summary>The line that a message quotes; null when it quotes none.</summary>
    public static int? LineOf(string text, string message) =>
        Quoted().Match(message) is { Success: true } quoted && Unfolded(text).FirstOrDefault(line => line.Text.Contains(quoted.Groups[1].Value, StringComparison.Ordinal)) is { Number: > 0 } found ? found.Number : null;

    private static string? ObjectionTo(string name, string parameters, string value)
    {
        if (Zone().Match(parameters) is { Success: true } zone && !IsZone(zone.Groups[1].Value)) return $"the time zone “{zone.Groups[1].Value}” is unknown. Use its IANA name, such as Europe/Berlin.";
        if (Times.Contains(name) && !parameters.Contains("VALUE=PERIOD", StringComparison.OrdinalIgnoreCase) && value.Split(',').FirstOrDefault(time => !Time().IsMatch(time.Trim())) is { } wrong)
            return $"{name} is “{Words.Beginning(wrong, 40)}”, which is no time such as 20260301T220000Z.";

        return name is "RRULE" ? ObjectionToRule(value) : null;
    }

    private static string? ObjectionToRule(string value)
    {
        if (FinerThanAnHour().IsMatch(value)) return "the recurrence comes round more often than every hour, which is not followed.";

        try
        {
            _ = new RecurrenceRule(value);
            return value.Contains("FREQ=", StringComparison.OrdinalIgnoreCase) ? null : "the recurrence names no FREQ.";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"the recurrence “{Words.Beginning(value, 60)}” cannot be read.";
        }
    }

    private static bool IsZone(string name)
    {
        try
        {
            return new CalDateTime(2026, 1, 1, 0, 0, 0, name).AsUtc > DateTime.MinValue;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Lines as they were before they were folded, each with the number of its first.</summary>
    private static IEnumerable<(int Number, string Text)> Unfolded(string text)
    {
        var (number, began, whole) = (0, 0, "");
        foreach (var line in text.TrimStart('\ufeff').Split('\n'))
        {
            number++;
            var bare = line.TrimEnd('\r');
            if (bare is [' ' or '\t', ..])
            {
                whole += bare[1..];
                continue;
            }

            if (whole.Length > 0) yield return (began, whole);
            (began, whole) = (number, bare.Trim().Length == 0 ? "" : bare);
        }

        if (whole.Length > 0) yield return (began, whole);
    }

    [GeneratedRegex("""^(?<name>[A-Za-z0-9-]+)(?<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(?<value>.*)\z""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""TZID="?([^";:,]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Zone();

    [GeneratedRegex(@"^[0-9]{8}(T[0-9]{6}Z?)?\z")]
    private static partial Regex Time();

    [GeneratedRegex("FREQ=(SECONDLY|MINUTELY)", RegexOptions.IgnoreCase)]
    private static partial Regex FinerThanAnHour();

    [GeneratedRegex("'([^']{2,})'")]
    private static partial Regex Quoted();
}
