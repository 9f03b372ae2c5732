using System.Text;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using Ical.Net.DataTypes;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>What is wrong with a calendar, and in which line.</summary>
internal sealed record BusyFault(int Line, string Reason);

/// <summary>Finds what is wrong with the lines of a calendar, so that its author learns where: the library that reads them tells what, but not the line.</summary>
internal static partial class BusyText
{
    /// <summary>Unfolded, in characters.</summary>
    private const int LongestLine = 64 * 1024;

    private const int MostEvents = 5_000;

    private static readonly string[] Times = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"];

    /// <summary>What has been read of an event.</summary>
    private sealed class Event
    {
        public string? Start { get; set; }

        public List<string> Rules { get; } = [];
    }

    /// <summary>The first thing that is wrong; null when every line can be read and every event can be followed.</summary>
    /// <param name="until">So far recurring events are followed.</param>
    public static BusyFault? Objection(string text, DateTimeOffset until)
    {
        var open = new Stack<(string Name, int Line)>();
        var work = new BusyWork(until);
        var (current, events) = (new Event(), 0);
        foreach (var (number, line) in Unfolded(text))
        {
            if (line.Length > LongestLine) return new BusyFault(number, $"this line has more than {LongestLine / 1024} KiB.");
            if (Form().Match(line) is not { Success: true } match) return new BusyFault(number, $"“{Words.Beginning(line, 60)}” is no NAME:value.");

            var (name, parameters, value) = (match.Groups["name"].Value.ToUpperInvariant(), match.Groups["parameters"].Value, match.Groups["value"].Value);
            if (open.Count == 0 && !(name is "BEGIN" && value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase))) return new BusyFault(number, "a calendar begins with BEGIN:VCALENDAR.");
            switch (name)
            {
                case "BEGIN":
                    open.Push((value.ToUpperInvariant(), number));
                    if (open.Peek().Name is not "VEVENT") break;
                    if (open.Skip(1).Any(outer => outer.Name is "VEVENT")) return new BusyFault(number, "an event holds no other event.");
                    if (++events > MostEvents) return new BusyFault(number, $"it has more than {MostEvents} events.");
                    current = new Event();
                    break;
                case "END" when !open.Peek().Name.Equals(value, StringComparison.OrdinalIgnoreCase):
                    return new BusyFault(number, $"END:{value} closes BEGIN:{open.Peek().Name} of line {open.Peek().Line}.");
                case "END":
                    var (closed, began) = open.Pop();
                    if (closed is "VEVENT" && (current.Start is { } start ? work.Take(start, current.Rules) : "this event has no DTSTART.") is { } unfollowed) return new BusyFault(began, unfollowed);
                    break;
                default:
                    if (ObjectionTo(name, parameters, value) is { } objection) return new BusyFault(number, objection);
                    if (open.Peek().Name is "VEVENT" && name is "DTSTART" && (current.Start is null || string.CompareOrdinal(value, current.Start) < 0)) current.Start = value;
                    if (open.Peek().Name is "VEVENT" && name is "RRULE" or "EXRULE") current.Rules.Add(value);
                    break;
            }
        }

        return open.Count == 0 ? null : new BusyFault(open.Peek().Line, $"BEGIN:{open.Peek().Name} is never closed.");
    }

    /// <summary>The line that a message quotes; null when it quotes none.</summary>
    public static int? LineOf(string text, string message) =>
        Quoted().Match(message) is { Success: true } quoted && Unfolded(text).FirstOrDefault(line => line.Text.Contains(quoted.Groups[1].Value, StringComparison.Ordinal)) is { Number: > 0 } found ? found.Number : null;

    private static string? ObjectionTo(string name, string parameters, string value)
    {
        if (Zone().Match(parameters) is { Success: true } zone && !IsZone(zone.Groups[1].Value)) return $"the time zone “{zone.Groups[1].Value}” is unknown. Use its IANA name, such as Europe/Berlin.";
        if (Times.Contains(name) && !parameters.Contains("VALUE=PERIOD", StringComparison.OrdinalIgnoreCase) && value.Split(',').FirstOrDefault(time => !Time().IsMatch(time.Trim())) is { } wrong)
            return $"{name} is “{Words.Beginning(wrong, 40)}”, which is no time such as 20260301T220000Z.";

        return name is "RRULE" or "EXRULE" ? ObjectionToRule(value) : null;
    }

    private static string? ObjectionToRule(string value)
    {
        if (BusyWork.ObjectionTo(value) is { } objection) return objection;

        try
        {
            var frequency = new RecurrenceRule(value).Frequency.ToString();
            return value.Contains($"FREQ={frequency}", StringComparison.OrdinalIgnoreCase) ? null : "the recurrence cannot be read.";
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

    /// <summary>Lines as they were before they were folded, each with the number of its first; of one that is too long, only as much as shows that.</summary>
    private static IEnumerable<(int Number, string Text)> Unfolded(string text)
    {
        var (number, began, whole) = (0, 0, new StringBuilder());
        foreach (var line in text.TrimStart('\ufeff').Split('\n'))
        {
            number++;
            var bare = line.TrimEnd('\r');
            if (bare is [' ' or '\t', ..])
            {
                if (whole.Length <= LongestLine) whole.Append(bare, 1, bare.Length - 1);
                continue;
            }

            if (whole.Length > 0) yield return (began, whole.ToString());
            began = number;
            whole.Clear();
            if (bare.Trim().Length > 0) whole.Append(bare);
        }

        if (whole.Length > 0) yield return (began, whole.ToString());
    }

    [GeneratedRegex("""^(?<name>[A-Za-z0-9-]+)(?<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(?<value>.*)\z""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""TZID="?([^";:,]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Zone();

    [GeneratedRegex(@"^[0-9]{8}(T[0-9]{6}Z?)?\z")]
    private static partial Regex Time();

    [GeneratedRegex("'([^']{2,})'")]
    private static partial Regex Quoted();
}
