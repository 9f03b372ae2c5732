using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// How long something took, or has been going on: <c>&lt;lasting from="@step.StartedAt" to="@step.EndedAt" /&gt;</c>. Without an end it
/// counts on in the browser; without a start it shows a dash.
/// </summary>
[HtmlTargetElement("lasting", Attributes = "from", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class LastingTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset? From { get; set; }

    public DateTimeOffset? To { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("span", "lasting");
        if (From is { } start && To is null) output.Attributes.SetAttribute("data-since", start.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        output.Content.SetContent(From is { } from ? RelativeTime.Words((To ?? clock.GetUtcNow()) - from) : "–");
    }
}
