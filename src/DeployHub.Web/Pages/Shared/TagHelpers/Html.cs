using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>Short ways to write an element; text is always encoded.</summary>
internal static class Html
{
    public static TagBuilder Element(string name, string? css, string? text = null)
    {
        var element = new TagBuilder(name);
        if (css is not null) element.Attributes["class"] = css;
        if (text is not null) element.InnerHtml.Append(text);
        return element;
    }

    public static TagBuilder With(this TagBuilder element, string attribute, string? value)
    {
        if (value is not null) element.Attributes[attribute] = value;
        return element;
    }

    public static TagBuilder Holding(this TagBuilder element, params ReadOnlySpan<IHtmlContent?> children)
    {
        foreach (var child in children)
            if (child is not null) element.InnerHtml.AppendHtml(child);

        return element;
    }

    /// <summary>A link when there is somewhere to go, otherwise plain text in the same place.</summary>
    public static TagBuilder LinkOrSpan(string? href, string? css) => Element(href is null ? "span" : "a", css).With("href", href);

    public static IHtmlContent Shape(MarkState state) => new HtmlString(state.Shape());

    public static IHtmlContent Hidden(string text) => Element("span", "visually-hidden", text);

    /// <summary>Turns the tag helper's element into <paramref name="name"/>, with our classes before those the page wrote.</summary>
    public static void Render(this TagHelperOutput output, string name, params ReadOnlySpan<string?> classes)
    {
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        var all = new List<string?>([.. classes]) { output.Attributes["class"]?.Value?.ToString() };
        output.Attributes.SetAttribute("class", string.Join(' ', all.Where(css => !string.IsNullOrEmpty(css))));
    }
}
