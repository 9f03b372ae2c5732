using System.Text.RegularExpressions;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Microsoft.AspNetCore.Html;

namespace DeployHub.Web.Pages.Shared;

/// <summary>Text that people wrote in lines of a document's width, made to flow at the width of the page.</summary>
internal static partial class Prose
{
    /// <summary>Joins the lines of a paragraph; empty lines and lists stay as they are.</summary>
    public static string Flowing(string text) => BrokenLine().Replace(text.Trim().ReplaceLineEndings("\n"), " ");

    /// <summary>The same, with its addresses as links.</summary>
    public static IHtmlContent WithLinks(string text)
    {
        var flowing = Flowing(text);
        var (html, end) = (new HtmlContentBuilder(), 0);
        foreach (var address in Address().EnumerateMatches(flowing))
        {
            var href = flowing.Substring(address.Index, address.Length);
            html.Append(flowing[end..address.Index]).AppendHtml(Html.Element("a", null, href).With("href", href));
            end = address.Index + address.Length;
        }

        return html.Append(flowing[end..]);
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""“”]*[^\s<>""“”.,;:!?)]")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\n)[ \t]*\n(?!\s*(\n|[-*•] |\d+[.)] ))[ \t]*")]
    private static partial Regex BrokenLine();
}
