using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// A moment: relative words, the absolute time on hover (UI-3): <c>&lt;when at="@row.CreatedAt" /&gt;</c>. Null shows <c>none</c>.
/// <c>zone</c> adds the environment's own zone (IANA id). The browser adds the viewer's.
/// </summary>
[HtmlTargetElement("when", Attributes = "at", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public string? Zone { get; set; }

    public string None { get; set; } = "–";

    /// <summary>People plan by it, as by a slot, an expiry or a deadline: the date and time first, and how far that is beside it.</summary>
    public bool Dated { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.Render("span", "quiet");
            output.Content.SetContent(None);
            return;
        }

        if (Dated)
        {
            output.Render("span", "dated");
            output.Content.Append($"{RelativeTime.Dated(at)} ");
            output.Content.AppendHtml(Element(at, clock.GetUtcNow(), Zone, "when quiet"));
            return;
        }

        output.Render("time", "when");
        foreach (var (name, value) in Attributes(at, Zone)) output.Attributes.SetAttribute(name, value);
        output.Content.SetContent(RelativeTime.Words(at, clock.GetUtcNow()));
    }

    internal static TagBuilder Element(DateTimeOffset at, DateTimeOffset now, string? zone, string css)
    {
        var element = Html.Element("time", css, RelativeTime.Words(at, now));
        foreach (var (name, value) in Attributes(at, zone)) element.With(name, value);
        return element;
    }

    private static (string Name, string Value)[] Attributes(DateTimeOffset at, string? zone) =>
        [("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)), ("title", Title(at, zone))];

    private static string Title(DateTimeOffset at, string? name)
    {
        var utc = RelativeTime.Absolute(at, TimeZoneInfo.Utc);
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && !zone.Equals(TimeZoneInfo.Utc)
            ? $"{RelativeTime.Absolute(at, zone)} · {utc}"
            : utc;
    }
}
