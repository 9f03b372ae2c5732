using DeployHub.Domain;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// What stands in the way, at the top of a form: the rule, who could do it, and a link to each field that needs another look.
/// Shows nothing while there is nothing to say: <c>&lt;refusal /&gt;</c>
/// </summary>
[HtmlTargetElement("refusal", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RefusalTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ModelState.IsValid)
        {
            output.SuppressOutput();
            return;
        }

        output.Render("div", "refusal");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Content.AppendHtml(Icons.Svg("hand-stop"));
        output.Content.AppendHtml(Html.Element("div", null).Holding(Problems(), Footnote(ErrorToPage.Refused(ViewContext.HttpContext))));
    }

    private TagBuilder Problems()
    {
        var list = Html.Element("ul", null);
        foreach (var (field, entry) in ViewContext.ModelState)
            foreach (var error in entry.Errors)
                list.Holding(Html.Element("li", null).Holding(Message(field, error)));

        return list;
    }

    private TagBuilder Message(string field, ModelError error)
    {
        var text = Html.LinkOrSpan(field.Length == 0 ? null : $"#{TagBuilder.CreateSanitizedId(field, "_")}", null);
        text.InnerHtml.AppendHtml(new LabelOf(ViewContext.HttpContext, field));
        text.InnerHtml.Append(error.ErrorMessage.Length == 0 ? "This value cannot be read." : error.ErrorMessage);
        return text;
    }

    /// <summary>The rule and who could do it. A field that needs another look says all there is to say.</summary>
    private static TagBuilder? Footnote(Error? error) => error is null or { Code: Error.InvalidInput } ? null
        : Html.Element("p", "refusal-rule", error.WhoCould is { } whoCould ? $"Who could: {whoCould}. " : "").Holding(Html.Element("code", null, error.Code));
}
