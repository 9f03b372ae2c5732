using System.Globalization;
using System.Text;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A .properties file as Java reads it: escapes, three separators, lines that go on. Only the value behind the key changes.</summary>
internal static class PropertiesText
{
    public static string Set(string text, string path, string value, bool add)
    {
        var entries = Read(text).Where(entry => entry.Key == path).Take(2).ToList();
        if (entries.Count == 2) throw ValuePath.Twice(path, ConfigurationText.LineOf(text, entries[1].Start));
        if (entries is [var entry])
            return entry.Value == value ? text : ConfigurationText.Splice(text, entry.ValueStart, entry.End, (entry.ValueStart == entry.KeyEnd ? "=" : "") + Escaped(value, isKey: false));
        if (!add) throw ValuePath.NotThere(path);

        var lineEnd = ConfigurationText.LineEndOf(text);
        return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : lineEnd)}{Escaped(path, isKey: true)}={Escaped(value, isKey: false)}{lineEnd}";
    }

    /// <summary>The value of a key; null when it is not there.</summary>
    /// <exception cref="UneditableException">It is there more than once.</exception>
    public static string? Find(string text, string path)
    {
        var entries = Read(text).Where(entry => entry.Key == path).Take(2).ToList();
        return entries.Count == 2 ? throw ValuePath.Twice(path, ConfigurationText.LineOf(text, entries[1].Start)) : entries.FirstOrDefault()?.Value;
    }

    /// <summary>Every key with its value, in order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(string text) => Read(text).Select(entry => KeyValuePair.Create(entry.Key, entry.Value));

    private static IEnumerable<Entry> Read(string text)
    {
        for (var position = 0; position < text.Length;)
        {
            var start = position;
            while (start < text.Length && text[start] is ' ' or '\t' or '\f') start++;
            if (start >= text.Length) yield break;
            if (text[start] is '\r' or '\n' or '#' or '!')
            {
                position = NextLine(text, ConfigurationText.EndOfLine(text, start));
                continue;
            }

            var end = LogicalEnd(text, start);
            yield return EntryAt(text, start, end);
            position = NextLine(text, end);
        }
    }

    /// <summary>An odd number of backslashes before a line's end lets it go on.</summary>
    private static int LogicalEnd(string text, int start)
    {
        var end = ConfigurationText.EndOfLine(text, start);
        while (end < text.Length && text[start..end].Reverse().TakeWhile(character => character == '\\').Count() % 2 == 1)
            end = ConfigurationText.EndOfLine(text, NextLine(text, end));
        return end;
    }

    private static int NextLine(string text, int end)
    {
        if (end < text.Length && text[end] == '\r') end++;
        return end < text.Length && text[end] == '\n' ? end + 1 : end;
    }

    private static Entry EntryAt(string text, int start, int end)
    {
        var key = start;
        while (key < end && text[key] is not ('=' or ':' or ' ' or '\t' or '\f')) key += text[key] == '\\' ? 2 : 1;
        var keyEnd = Math.Min(key, end);
        var value = keyEnd;
        while (value < end && text[value] is ' ' or '\t' or '\f') value++;
        if (value < end && text[value] is '=' or ':') value++;
        while (value < end && text[value] is ' ' or '\t' or '\f') value++;
        return new Entry(start, Meant(text, start, keyEnd), keyEnd, value, end, Meant(text, value, end));
    }

    private static string Meant(string text, int start, int end)
    {
        var meant = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            if (text[i] != '\\' || i + 1 >= end)
            {
                meant.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'n': meant.Append('\n'); break;
                case 't': meant.Append('\t'); break;
                case 'r': meant.Append('\r'); break;
                case 'f': meant.Append('\f'); break;
                case 'u' when i + 4 < end && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    meant.Append((char)code);
                    i += 4;
                    break;
                case '\r' or '\n':
                    i = NextLine(text, i) - 1;
                    while (i + 1 < end && text[i + 1] is ' ' or '\t' or '\f') i++;
                    break;
                default: meant.Append(text[i]); break;
            }
        }

        return meant.ToString();
    }

    /// <summary>Older readers take the bytes for Latin-1, so that only ASCII is safe everywhere.</summary>
    private static string Escaped(string value, bool isKey)
    {
        var escaped = new StringBuilder();
        foreach (var (index, character) in value.Index())
            escaped.Append(character switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\f' => @"\f",
                ' ' when isKey || index == 0 => @"\ ",
                '=' or ':' when isKey => $@"\{character}",
                '#' or '!' when isKey && index == 0 => $@"\{character}",
                < ' ' or > '~' => $@"\u{(int)character:X4}",
                _ => character.ToString(),
            });
        return escaped.ToString();
    }

    private sealed record Entry(int Start, string Key, int KeyEnd, int ValueStart, int End, string Value);
}
