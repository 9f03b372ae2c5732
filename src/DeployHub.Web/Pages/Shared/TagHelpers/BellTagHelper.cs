using System.Globalization;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>How much the viewer has not opened yet, with the way there. It looks again by itself; without script it is a link.</summary>
[HtmlTargetElement("bell", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class BellTagHelper(ISender sender) : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var count = await sender.Send(new CountNotices());
        var words = count switch { 0 => "Notices, none of them new", CountNotices.Most => $"Notices, {CountNotices.Most} or more of them new", _ => $"Notices, {count} of them new" };
        output.Render("a", "bar-button", "bell");
        output.Attributes.SetAttribute("id", "bell");
        output.Attributes.SetAttribute("href", "/notices");
        output.Attributes.SetAttribute("title", words);
        output.Attributes.SetAttribute("hx-get", "/notices/bell");
        output.Attributes.SetAttribute("hx-trigger", "every 30s");
        output.Attributes.SetAttribute("hx-select", "#bell");
        output.Attributes.SetAttribute("hx-swap", "outerHTML");
        output.Content.AppendHtml(Icons.Svg("bell"));
        output.Content.AppendHtml(Html.Hidden(words));
        var shown = count >= CountNotices.Most ? "99+" : count.ToString(CultureInfo.InvariantCulture);
        if (count > 0) output.Content.AppendHtml(Html.Element("span", "bell-count", shown).With("aria-hidden", "true"));
    }
}
