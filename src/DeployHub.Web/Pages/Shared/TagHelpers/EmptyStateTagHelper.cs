using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// Nothing here yet: says what would be here and teaches the first action with one button and one example (UI-9).
/// <c>&lt;empty-state title="No service is registered" icon="box"&gt;&lt;p&gt;…&lt;/p&gt;&lt;a class="btn btn-primary" …&gt;Register a service&lt;/a&gt;&lt;/empty-state&gt;</c>
/// </summary>
[HtmlTargetElement("empty-state", Attributes = "title")]
public sealed class EmptyStateTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public string? Icon { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Render("div", "empty-state");
        output.Attributes.RemoveAll("title");
        if (Icon is not null) output.Content.AppendHtml(Icons.Svg(Icon));
        output.Content.AppendHtml(Html.Element("p", "empty-title", Title));
        output.Content.AppendHtml(content);
    }
}
