using System.Globalization;
using System.Text;

namespace DeployHub.Features.Partners;

/// <summary>A calendar as RFC 5545 writes it: lines of at most 75 octets, ends with CR LF, text escaped.</summary>
internal sealed class CalendarText
{
    private const int LongestLine = 75;

    private readonly StringBuilder _text = new();

    /// <param name="Uid">Stays the same however often the entry changes.</param>
    /// <param name="Sequence">Grows with each change, so that calendars take over the newest.</param>
    public sealed record Entry(string Uid, int Sequence, string Summary, string Description, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset At, string Status);

    public CalendarText(string name)
    {
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//DeployHub//Deployments//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line($"X-WR-CALNAME:{Escaped(name)}");
    }

    public void Add(Entry entry)
    {
        Line("BEGIN:VEVENT");
        Line($"UID:{Escaped(entry.Uid)}");
        Line($"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
        Line($"DTSTAMP:{Stamp(entry.At)}");
        Line($"DTSTART:{Stamp(entry.Start)}");
        Line($"DTEND:{Stamp(entry.End)}");
        Line($"SUMMARY:{Escaped(entry.Summary)}");
        Line($"DESCRIPTION:{Escaped(entry.Description)}");
        Line($"STATUS:{entry.Status}");
        Line("END:VEVENT");
    }

    public override string ToString() => $"{_text}END:VCALENDAR\r\n";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>Continues on a line that begins with a space, never within a character.</summary>
    private void Line(string text)
    {
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }
}
