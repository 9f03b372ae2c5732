namespace DeployHub.Domain.Models;

/// <summary>Where a version's text was taken from, when it came from Git.</summary>
/// <param name="Source">Key of the model source.</param>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="Commit">Whole hash of the commit that wrote the text.</param>
/// <param name="Author">Whom that commit names; nobody has proven it.</param>
/// <param name="Text">Digest of the text as it came, however its lines end.</param>
public sealed record ModelOrigin(string Source, string Branch, string Path, string Commit, string Author, Digest Text)
{
    /// <summary>Enough of the hash for a person to find the commit.</summary>
    public string ShortCommit => Shortened(Commit);

    public static string Shortened(string commit) => commit.Length > 10 ? commit[..10] : commit;

    /// <summary>Browsers send CR LF whatever a text had, so line ends alone are no edit.</summary>
    public static Digest DigestOf(string text) => Digest.OfText(text.ReplaceLineEndings("\n"));
}
