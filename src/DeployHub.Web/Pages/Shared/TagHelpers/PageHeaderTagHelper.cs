using DeployHub.Web.Pages.Help;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// The top of every page, which also names the browser tab. Its content is the actions at the right; <c>&lt;page-lead&gt;</c> inside it is the
/// headline sentence below the title. Where a guide is about the page, “?” leads to it.
/// <code>
/// &lt;page-header title="DEP-2026-000123" pretitle="Deployments" pretitle-href="/deployments"&gt;
///   &lt;page-lead&gt;&lt;state-mark state="Waiting" word="In review" /&gt; v2.5.1 to Production, Thursday 10:00&lt;/page-lead&gt;
///   &lt;button class="btn btn-primary"&gt;Start in Production&lt;/button&gt;
/// &lt;/page-header&gt;
/// </code>
/// </summary>
[HtmlTargetElement("page-header", Attributes = "title", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PageHeaderTagHelper : TagHelper
{
    internal const string Lead = "PageLead";

    public string Title { get; set; } = "";

    public string? Pretitle { get; set; }

    public string? PretitleHref { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ViewContext.ViewData["Title"] ??= Title;
        var lead = new HtmlContentBuilder();
        context.Items[Lead] = lead;
        var actions = await output.GetChildContentAsync();

        output.Render("header", "page-top");
        output.Content.AppendHtml(Html.Element("div", "page-name").Holding(
            string.IsNullOrEmpty(Pretitle) ? null : Html.Element("p", "page-pretitle").Holding(LinkOrText()),
            Html.Element("h1", "page-title", Title),
            HelpLink(),
            lead.Count == 0 ? null : Html.Element("p", "page-lead").Holding(lead)));
        if (!actions.IsEmptyOrWhiteSpace) output.Content.AppendHtml(Html.Element("div", "page-actions").Holding(actions));
    }

    private TagBuilder? HelpLink()
    {
        if (GuideFor.Page(ViewContext.HttpContext.Request.Path.Value ?? "") is not { } help) return null;
        var says = $"Help: {help.Guide.Title}";
        return Html.Element("a", "page-help").With("href", help.Address).With("title", says).Holding(Icons.Svg("help"), Html.Hidden(says));
    }

    private TagBuilder LinkOrText()
    {
        var text = Html.LinkOrSpan(PretitleHref, null);
        text.InnerHtml.Append(Pretitle!);
        return text;
    }
}

/// <summary>The headline sentence of <c>&lt;page-header&gt;</c>.</summary>
[HtmlTargetElement("page-lead", ParentTag = "page-header")]
public sealed class PageLeadTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((HtmlContentBuilder)context.Items[PageHeaderTagHelper.Lead]).AppendHtml(await output.GetChildContentAsync());
        output.SuppressOutput();
    }
}
