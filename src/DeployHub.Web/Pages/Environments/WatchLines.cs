using DeployHub.Domain;
using DeployHub.Domain.Inventory;

namespace DeployHub.Web.Pages.Environments;

/// <summary>
/// Facts as people type them, one a line: <c>package openssl</c>, <c>setting Level of app.json = Warning</c>,
/// <c>prerequisite service nginx.service = active</c>.
/// </summary>
internal static class WatchLines
{
    private const string Prerequisite = "prerequisite ";
    private const string Place = " of ";
    private const string Expected = " = ";

    /// <summary>Null when a line says no kind; <paramref name="problem"/> then says which.</summary>
    public static IReadOnlyList<WatchedFact>? Parse(string? text, out string? problem)
    {
        var facts = new List<WatchedFact>();
        foreach (var line in Lines(text))
        {
            if (Read(line) is not { } fact)
            {
                problem = $"“{line}” does not say what it is. Begin a line with {Words.List(Enum.GetValues<FactKind>().Where(kind => !WatchedFact.IsDefined(kind)).Select(Words.Of))}, after “prerequisite” where it is one.";
                return null;
            }

            facts.Add(fact);
        }

        problem = null;
        return facts;
    }

    public static string Format(IEnumerable<WatchedFact> facts) => string.Join('\n', facts.Select(Format));

    public static string Format(WatchedFact fact) =>
        $"{(fact.Prerequisite ? Prerequisite : "")}{Words.Of(fact.Kind)} {fact.Name}{(fact.File is { } file ? Place + file : "")}{(fact.Expect is { } expect ? Expected + expect : "")}";

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static WatchedFact? Read(string line)
    {
        var isPrerequisite = line.StartsWith(Prerequisite, StringComparison.OrdinalIgnoreCase);
        var words = (isPrerequisite ? line[Prerequisite.Length..].TrimStart() : line).Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words.Length < 2 || !Enum.TryParse<FactKind>(words[0], ignoreCase: true, out var kind) || int.TryParse(words[0], out _)) return null;

        var (rest, expect) = Parted(words[1], words[1].IndexOf(Expected, StringComparison.Ordinal), Expected.Length);
        var (name, file) = kind is FactKind.Setting or FactKind.Component ? Parted(rest, rest.LastIndexOf(Place, StringComparison.Ordinal), Place.Length) : (rest, null);
        return new WatchedFact(kind, name, file, expect, isPrerequisite);
    }

    private static (string Before, string? After) Parted(string text, int at, int length) => at < 0 ? (text, null) : (text[..at].Trim(), text[(at + length)..].Trim());
}
