using System.Globalization;
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

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.Render("span", "quiet");
            output.Content.SetContent(None);
            return;
        }

        output.Render("time", "when");
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", Title(at));
        output.Content.SetContent(RelativeTime.Words(at, clock.GetUtcNow()));
    }

    private string Title(DateTimeOffset at)
    {
        var utc = RelativeTime.Absolute(at, TimeZoneInfo.Utc);
        return Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) && !zone.Equals(TimeZoneInfo.Utc)
            ? $"{RelativeTime.Absolute(at, zone)} · {utc}"
            : utc;
    }
}
