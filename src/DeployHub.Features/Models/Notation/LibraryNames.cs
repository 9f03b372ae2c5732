using DeployHub.Domain.Models;

namespace DeployHub.Features.Models.Notation;

/// <summary>What a document names of the library, as it is written there.</summary>
/// <param name="Uses">Blocks with their versions, in the order of the text; anything that somebody wrote there.</param>
/// <param name="Extends">A model with its version; null for none.</param>
/// <param name="NamesSecrets">Whether it names any secret itself.</param>
public sealed record LibraryNames(IReadOnlyList<string> Uses, string? Extends, bool NamesSecrets)
{
    public static readonly LibraryNames None = new([], null, false);

    /// <summary>Whether it asks for approvals, which are compared with what environments ask for.</summary>
    public bool AsksApprovals { get; init; }

    /// <summary>Where a document has lists of steps.</summary>
    private static readonly string[] Lists =
    [
        "stages.verifyComponents", "stages.verifyEnvironment", "stages.execute.steps", "stages.execute.switch", "stages.execute.watch", "stages.verifyDeployment",
        "rollback.switch", "rollback.steps", "removal.steps", "removal.proof",
    ];

    /// <summary>The blocks that are named as they have to be, each version once.</summary>
    public IEnumerable<Pin> Blocks => Uses.Select(use => Pin.Parse(use)).OfType<Pin>().Distinct();

    public Pin? Extended => Pin.Parse(Extends);

    /// <summary>Nothing of what cannot be read at all.</summary>
    public static LibraryNames In(string text, DocumentFormat format = DocumentFormat.Yaml)
    {
        try
        {
            var source = ModelDocument.Parse(text, format);
            var namesSecrets = Template.NamesIn(text).Any(name => name.StartsWith("secret:", StringComparison.Ordinal));
            return new LibraryNames([.. UsesIn(source).Select(use => use.Text)], ExtendsIn(source)?.Text, namesSecrets) { AsksApprovals = source.At("approvals") is SourceList };
        }
        catch (UnreadableException)
        {
            return None;
        }
    }

    /// <summary>
    /// The same YAML text with another version of a block, or of the model that it extends, wherever it has an earlier one: comments, order and
    /// everything else stay. Null when that cannot be written in the place of the other.
    /// </summary>
    public static string? Moved(string yaml, Pin to, bool isBlock)
    {
        var before = In(yaml);
        var moved = new List<(int Start, Pin From)>();
        foreach (var written in Written(yaml, isBlock))
        {
            if (Pin.Parse(written.Text) is not { } pin || pin.Name != to.Name || pin.Version >= to.Version) continue;
            if (StartOf(yaml, written) is not { } start) return null;
            moved.Add((start, pin));
        }

        var text = moved.OrderByDescending(place => place.Start)
            .Aggregate(yaml, (later, place) => later.Remove(place.Start, place.From.ToString().Length).Insert(place.Start, to.ToString()));
        var after = In(text);
        return after.Uses.SequenceEqual(before.Uses.Select(use => isBlock ? Later(use, to) : use)) && after.Extends == (isBlock ? before.Extends : Later(before.Extends, to)) ? text : null;
    }

    private static string? Later(string? written, Pin to) => Pin.Parse(written) is { } pin && pin.Name == to.Name && pin.Version < to.Version ? to.ToString() : written;

    private static IEnumerable<SourceText> Written(string yaml, bool isBlock)
    {
        var source = ModelDocument.Parse(yaml, DocumentFormat.Yaml);
        return isBlock ? UsesIn(source) : ExtendsIn(source) is { } extended ? [extended] : [];
    }

    private static IEnumerable<SourceText> UsesIn(Source source) =>
        Lists.SelectMany(list => (source.At(list) as SourceList)?.Items ?? []).Select(item => (item as SourceMap)?[UseReader.Member]).OfType<SourceText>();

    private static SourceText? ExtendsIn(Source source) => source.At(ExtensionReader.Member) as SourceText;

    /// <summary>Where the text itself begins, behind a quotation mark if there is one.</summary>
    private static int? StartOf(string yaml, SourceText written)
    {
        var line = 0;
        for (var number = 1; number < written.Line; number++)
            if ((line = yaml.IndexOf('\n', line) + 1) == 0) return null;

        foreach (var start in new[] { line + written.Column - 1, line + written.Column })
            if (start <= yaml.Length && string.CompareOrdinal(yaml, start, written.Text, 0, written.Text.Length) == 0) return start;
        return null;
    }
}
