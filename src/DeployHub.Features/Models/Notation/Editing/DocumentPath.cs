using System.Globalization;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Places in a document as JSON Pointers (RFC 6901), such as <c>/stages/execute/steps/1/timeout</c>; the whole document is the empty text.</summary>
public static class DocumentPath
{
    /// <summary>Behind a list: its end.</summary>
    public const string End = "-";

    /// <summary>Null when it is no pointer.</summary>
    public static IReadOnlyList<string>? Parts(string path)
    {
        if (path.Length == 0) return [];
        if (path[0] != '/' || path.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~')) return null;
        return [.. path[1..].Split('/').Select(Plain)];
    }

    public static string Of(IEnumerable<string> parts) => string.Concat(parts.Select(part => $"/{Escaped(part)}"));

    public static string Inside(string path, string part) => $"{path}/{Escaped(part)}";

    public static string Inside(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");

    /// <summary>The place around it, and its own name there.</summary>
    public static (string Around, string Name) Split(string path)
    {
        var at = path.LastIndexOf('/');
        return at < 0 ? ("", "") : (path[..at], Plain(path[(at + 1)..]));
    }

    /// <summary>The same place as a remark names it: <c>stages.execute.steps[1].timeout</c>.</summary>
    public static string OfRemark(string path) => Of(path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A number from 0 as the pointer's rules have it: no sign, no zero before it.</summary>
    public static bool IsIndex(string part, out int index) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index.ToString(CultureInfo.InvariantCulture) == part;

    private static string Plain(string part) => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static string Escaped(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
