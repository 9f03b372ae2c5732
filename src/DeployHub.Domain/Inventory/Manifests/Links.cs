using System.Net;
using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>Addresses that a text names, whatever it is written in: Markdown, HTML, a manifest.</summary>
public static partial class Links
{
    /// <summary>Each once, in order, without fragments, which are the page's own affair, and without names and passwords, which are nobody's.</summary>
    public static IReadOnlyList<Uri> In(string text) =>
        [.. Named(text).Select(Read).OfType<Uri>().DistinctBy(link => link.AbsoluteUri)];

    /// <summary>What begins like an address and is none, each once, without names and passwords.</summary>
    public static IReadOnlyList<string> Unreadable(string text) => [.. Named(text).Where(named => Read(named) is null).Select(named => UserInfo().Replace(named, "//")).Distinct()];

    private static IEnumerable<string> Named(string text) => Address().Matches(text).Select(match => Trimmed(match.Value)).Where(named => !named.EndsWith('/') || named.Count(letter => letter == '/') > 2);

    private static string Trimmed(string text)
    {
        text = WebUtility.HtmlDecode(text).TrimEnd('.', ',', ';', ':', '!', '?', '*', '_', '|', '\'');
        if (text.EndsWith(')') && text.Count(letter => letter == ')') > text.Count(letter => letter == '(')) text = text[..^1].TrimEnd('.', ',');
        return text;
    }

    private static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Host.Length > 0 ? new UriBuilder(link) { Fragment = "", UserName = "", Password = "" }.Uri : null;

    [GeneratedRegex(@"https?://[^\s<>""\]}`\\^]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"//.*@")]
    private static partial Regex UserInfo();
}
