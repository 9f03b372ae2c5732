using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>From when until when, as a date and times, and how far that is beside it: <c>&lt;slot-times start="..." end="..." /&gt;</c>.</summary>
[HtmlTargetElement("slot-times", Attributes = "start,end", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SlotTimesTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset Start { get; set; }

    public DateTimeOffset End { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("span", "dated");
        output.Content.Append($"{RelativeTime.Dated(Start, End)} ");
        output.Content.AppendHtml(WhenTagHelper.Element(Start, clock.GetUtcNow(), null, "when quiet"));
    }
}
