using System.Reflection;

namespace DeployHub.Web.Pages.Help;

/// <summary>The guides that ship, read once: the files of <c>docs/guide</c> and the catalogue of steps.</summary>
public static class Guides
{
    /// <summary>The one that lists the others.</summary>
    public const string Overview = "README";

    private const string Prefix = "guide/";
    private const int LettersAround = 90;

    private static readonly Assembly Here = typeof(Guides).Assembly;
    private static readonly Lazy<IReadOnlyList<Guide>> Read = new(ReadAll);

    /// <summary>The overview, then the others by their titles.</summary>
    public static IReadOnlyList<Guide> All => Read.Value;

    /// <summary>Null when there is none of that name.</summary>
    public static Guide? Find(string name) => All.FirstOrDefault(guide => guide.Name == name);

    /// <summary>Sections that hold every word: those whose heading does come first. Nothing is found for nothing.</summary>
    public static IReadOnlyList<GuideHit> Search(string? text)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];

        var hits =
            from guide in All
            from section in guide.Sections
            where guide.Name != Overview && Array.TrueForAll(words, word => Holds(section.Heading, word) || Holds(section.Text, word))
            orderby words.Count(word => Holds(section.Heading, word)) descending
            select new GuideHit(guide, section, Excerpt(section.Text, words));
        return [.. hits];
    }

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Excerpt(string text, string[] words)
    {
        var first = words.Select(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(0).Min();
        var begin = first <= LettersAround ? 0 : text.LastIndexOf(' ', first - LettersAround) + 1;
        var end = first + (2 * LettersAround) >= text.Length ? text.Length : text.IndexOf(' ', first + (2 * LettersAround));
        if (end < 0) end = text.Length;
        return $"{(begin == 0 ? "" : "… ")}{text[begin..end].Trim()}{(end == text.Length ? "" : " …")}";
    }

    private static IReadOnlyList<Guide> ReadAll() =>
    [
        .. Here.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(ReadOne)
            .OrderByDescending(guide => guide.Name == Overview).ThenBy(guide => guide.Title, StringComparer.Ordinal),
    ];

    private static Guide ReadOne(string resource)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        return GuideText.Read(resource[Prefix.Length..], reader.ReadToEnd());
    }
}
