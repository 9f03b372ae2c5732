namespace DeployHub.Web.Pages.Shared;

/// <summary>A document that was typed into a text area. Browsers send CR LF at the end of every line, whatever the text had.</summary>
internal static class TypedText
{
    /// <summary>What says the same as the saved text is that text, to the letter; anything else has its line ends.</summary>
    public static string AsWritten(string? typed, string saved)
    {
        var text = WithLineFeeds(typed ?? "");
        if (text == WithLineFeeds(saved)) return saved;
        return saved.Contains("\r\n", StringComparison.Ordinal) ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
    }

    private static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
