using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>A digest, shortened; the whole of it on hover and to copy: <c>&lt;digest value="@version.Digest" /&gt;</c>.</summary>
[HtmlTargetElement("digest", Attributes = "value", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DigestTagHelper : TagHelper
{
    public string? Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("span", "digest");
        if (string.IsNullOrEmpty(Value))
        {
            output.Content.SetContent("–");
            return;
        }

        output.Content.AppendHtml(Html.Element("code", null, Short(Value)).With("title", Value));
        output.Content.AppendHtml(Copying.Button(Value, "Copy the digest"));
    }

    private static string Short(string value) => value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..] is { Length: > 12 } hash ? hash[..12] : value;
}

internal static class Copying
{
    /// <summary>Shown only where script runs; <c>hub.js</c> does the work.</summary>
    public static TagBuilder Button(string text, string label) =>
        Html.Element("button", "copy").With("type", "button").With("data-copy", text).With("title", label).With("aria-label", label)
            .Holding(Icons.Svg("copy"));
}
