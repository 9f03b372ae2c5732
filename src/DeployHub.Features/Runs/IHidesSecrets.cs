namespace DeployHub.Features.Runs;

/// <summary>Hides secrets in what comes back from outside. Only a process that works has ever seen any.</summary>
public interface IHidesSecrets
{
    string Mask(string text);
}

/// <summary>Text that somebody outside wrote, as it may be kept.</summary>
internal static class TextFromOutside
{
    /// <summary>Without control characters other than tabs and ends of lines, with U+FFFD for half a character, and without secrets.</summary>
    public static string Clean(this IEnumerable<IHidesSecrets> hide, string text) =>
        hide.Aggregate(string.Concat(text.EnumerateRunes().Where(letter => letter.Value is '\n' or '\t' or >= ' ')), (masked, hider) => hider.Mask(masked));
}
