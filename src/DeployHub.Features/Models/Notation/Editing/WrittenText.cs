using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Texts as YAML scalars: without quotes where they mean themselves, else with quotes, or as a block of lines.</summary>
internal static partial class WrittenText
{
    /// <summary>In one line. Within brackets some characters more need quotes.</summary>
    public static string InLine(string text, bool isInFlow) => IsPlain(text, isInFlow) ? text : DoubleQuoted(text);

    /// <summary>Null when single quotes cannot say it.</summary>
    public static string? SingleQuoted(string text) => text.All(IsShown) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : null;

    public static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsShown(letter) => letter.ToString(),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            });
        return quoted.Append('"').ToString();
    }

    /// <summary>The head of a block and its lines; null when a block cannot say it.</summary>
    public static (string Head, IReadOnlyList<string> Lines)? Block(string text)
    {
        var isClosed = text.EndsWith('\n');
        var lines = (isClosed ? text[..^1] : text).Split('\n');
        if (lines[0].Length == 0 || lines[0][0] is ' ' or '\t' || lines[^1].Trim().Length == 0) return null; // blanks and empty lines at either end would be lost
        if (!lines.All(line => line.All(letter => IsShown(letter) || letter == '\t'))) return null;
        return (isClosed ? "|" : "|-", lines);
    }

    /// <summary>Means itself without quotes, and is no number, true, false or null to any reader.</summary>
    private static bool IsPlain(string text, bool isInFlow) =>
        Begins().IsMatch(text) && text[^1] is not (' ' or ':') && text.All(IsShown) && !LooksLikeAnotherType().IsMatch(text)
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
        && !(isInFlow && text.AsSpan().ContainsAny("[]{},"));

    /// <summary>Halves of characters beyond U+FFFF are shown, too, because they only come in pairs here.</summary>
    private static bool IsShown(char letter) => char.IsSurrogate(letter) || !Hidden.Contains(char.GetUnicodeCategory(letter));

    private static readonly UnicodeCategory[] Hidden =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.OtherNotAssigned, UnicodeCategory.PrivateUse,
    ];

    /// <summary>Every other character means something at the beginning of a value, to one reader or another.</summary>
    [GeneratedRegex(@"\A([\p{L}\p{N}$/._(+]|-[\p{L}\p{N}/._-])")]
    private static partial Regex Begins();

    [GeneratedRegex(@"\A(true|false|yes|no|on|off|y|n|null|[-+.]?[0-9][0-9_.,:exo+-]*|[-+]?0x[0-9a-f_]+|[-+]?\.(inf|nan)|(\.\.\.|---).*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeAnotherType();
}
