using System.Net;
using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>Addresses that a text names, whatever it is written in: Markdown, HTML, a manifest.</summary>
public static partial class Links
{
    /// <summary>Each once, in order, without fragments, which are the page's own affair, and without names and passwords, which are nobody's.</summary>
    public static IReadOnlyList<Uri> In(string text) =>
        [.. Address().Matches(text).Select(match => Read(match.Value)).OfType<Uri>().DistinctBy(link => link.AbsoluteUri)];

    private static Uri? Read(string text)
    {
        text = WebUtility.HtmlDecode(text).TrimEnd('.', ',', ';', ':', '!', '?', '*', '_', '|', '\'');
        if (text.EndsWith(')') && text.Count(letter => letter == ')') > text.Count(letter => letter == '(')) text = text[..^1].TrimEnd('.', ',');
        return Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Host.Length > 0 ? new UriBuilder(link) { Fragment = "", UserName = "", Password = "" }.Uri : null;
    }

    [GeneratedRegex(@"https?://[^\s<>""\]}`\\^]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
