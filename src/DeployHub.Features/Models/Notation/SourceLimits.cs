using System.Text;

namespace DeployHub.Features.Models.Notation;

/// <summary>What a document may cost.</summary>
internal static class SourceLimits
{
    public const int Bytes = 256 * 1024;

    /// <summary>A model needs nine levels.</summary>
    public const int Depth = 20;

    public const int Parameters = 100;

    public const int Phases = 50;

    public const int Roles = 30;

    public const int Approvals = 20;

    /// <summary>In one list.</summary>
    public const int Steps = 200;

    /// <summary>More would not be read by anybody.</summary>
    public const int Remarks = 100;

    public const string TooDeep = "This is nested deeper than any model.";

    /// <exception cref="UnreadableException">It is too long, or holds what no database keeps.</exception>
    /// <param name="noun">What it is a document of.</param>
    public static string Checked(string text, string noun = "model")
    {
        if (Encoding.UTF8.GetByteCount(text) > Bytes) throw new UnreadableException($"A {noun} document has at most 256 KiB.", 1, 1);
        return text.Contains('\0') ? throw new UnreadableException("The document contains a zero character.", 1, 1) : text;
    }

    public static SourceText Checked(SourceText text) => text.Text.All(IsReadable) && IsWhole(text.Text)
        ? text
        : throw new UnreadableException("This text contains control characters that nobody could read.", text.Line, text.Column);

    private static bool IsReadable(char letter) => !char.IsControl(letter) || letter is '\n' or '\t' or '\r';

    private static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD')) return false; // half of a surrogate pair
        return true;
    }
}
