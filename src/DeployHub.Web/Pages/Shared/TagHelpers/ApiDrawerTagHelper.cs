using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// The calls that give or do what this page gives or does (UI-5). Stands anywhere in the page; the layout shows it in the top bar.
/// <code>
/// &lt;api-drawer&gt;
///   &lt;api-call path="/api/v1/services"&gt;Lists the services&lt;/api-call&gt;
///   &lt;api-call method="POST" path="/api/v1/services" body='{"key":"shop","name":"Shop"}'&gt;Registers a service&lt;/api-call&gt;
/// &lt;/api-drawer&gt;
/// </code>
/// </summary>
[HtmlTargetElement("api-drawer")]
public sealed class ApiDrawerTagHelper : TagHelper
{
    internal const string Slot = "ApiDrawer";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var calls = new HtmlContentBuilder();
        context.Items[Slot] = calls;
        await output.GetChildContentAsync();
        ViewContext.ViewData[Slot] = Drawer(calls);
        output.SuppressOutput();
    }

    private static TagBuilder Drawer(IHtmlContent calls) =>
        Html.Element("details", "api-drawer").With("id", "api-drawer").Holding(
            Html.Element("summary", "bar-button").With("title", "The API calls of this page (a)").Holding(Icons.Svg("braces"), Html.Element("span", null, "API")),
            Html.Element("div", "drawer-panel").With("role", "region").With("aria-label", "API calls of this page").With("tabindex", "-1").Holding(
                Html.Element("h2", null, "The same by API"),
                Html.Element("p", "quiet", "Everything on this page can be read and done by programs. Your own token comes from Your account, Tokens; that of a program from Administration, API clients."),
                calls));
}

/// <summary>One call inside <c>&lt;api-drawer&gt;</c>; its content says what the call does.</summary>
[HtmlTargetElement("api-call", ParentTag = "api-drawer", Attributes = "path")]
public sealed class ApiCallTagHelper : TagHelper
{
    public string Method { get; set; } = "GET";

    public string Path { get; set; } = "";

    /// <summary>The JSON body, as it would be sent.</summary>
    public string? Body { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var curl = Curl();
        var call = Html.Element("section", "api-call").Holding(
            Html.Element("p", "api-what").Holding(await output.GetChildContentAsync()),
            Html.Element("p", "api-line").Holding(Html.Element("span", "api-method", Method), Html.Element("code", null, Path), Copying.Button(curl, $"Copy {Method} {Path}")),
            Html.Element("pre", null).With("tabindex", "0").Holding(Html.Element("code", null, curl)));
        ((HtmlContentBuilder)context.Items[ApiDrawerTagHelper.Slot]).AppendHtml(call);
        output.SuppressOutput();
    }

    private string Curl()
    {
        var request = ViewContext.HttpContext.Request;
        List<string> lines = [$"curl {(Method == "GET" ? "" : $"-X {Method} ")}'{request.Scheme}://{request.Host}{Path}'", """  -H "Authorization: Bearer $DEPLOYHUB_TOKEN" """.TrimEnd()];
        if (Body is not null)
        {
            lines.Add("  -H 'Content-Type: application/json'");
            lines.Add($"  -d '{Body.Replace("'", """'\''""", StringComparison.Ordinal)}'");
        }

        return string.Join(" \\\n", lines);
    }
}
