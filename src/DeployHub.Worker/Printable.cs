using System.Text;

namespace DeployHub.Worker;

/// <summary>What other programs say may hold anything; a database and a page take only characters.</summary>
internal static class Printable
{
    /// <summary>Without control characters but tab and line ends; half of a character becomes �.</summary>
    public static string Of(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Cleaned(text) : text;

    private static string Cleaned(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value >= ' ' || rune.Value is '\t' or '\n' or '\r') cleaned.Append(rune);
        return cleaned.ToString();
    }
}
