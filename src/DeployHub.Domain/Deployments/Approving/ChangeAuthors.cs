namespace DeployHub.Domain.Deployments.Approving;

/// <summary>Who wrote a change, as CI systems and people report it: the entries <c>author</c> and <c>authors</c> of a version's provenance (SOD-2).</summary>
public static class ChangeAuthors
{
    private static readonly string[] Entries = ["author", "authors"];
    private static readonly char[] Between = [',', ';', '\n'];

    /// <summary>Each as it was written: a name, an e-mail address, or both as Git writes them.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<IReadOnlyDictionary<string, string>> provenances) =>
    [
        .. provenances.SelectMany(provenance => provenance).Where(entry => Entries.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(entry => entry.Value.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Whether somebody with this name and address is one of them. An address decides where there is one; a name alone may be anybody's, and is believed.</summary>
    public static bool Include(IEnumerable<string> authors, string name, string? email) => authors.Any(author => author.IndexOf('<', StringComparison.Ordinal) is >= 0 and var begin
        ? Is(author[(begin + 1)..].TrimEnd('>', ' '), email)
        : Is(author, email) || Is(author, name));

    private static bool Is(string author, string? known) => known is { Length: > 0 } && author.Equals(known.Trim(), StringComparison.OrdinalIgnoreCase);
}
