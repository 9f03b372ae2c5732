using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>One share of a state bar; the number links to its records (UI-4).</summary>
public sealed record BarPart(MarkState State, int Count, string? Word = null, string? Href = null);

/// <summary>How a number of things is spread over states, as a bar and in words: <c>&lt;state-bar parts="@Model.ByState" /&gt;</c></summary>
[HtmlTargetElement("state-bar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateBarTagHelper : TagHelper
{
    public IEnumerable<BarPart> Parts { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var parts = Parts.Where(part => part.Count > 0).ToArray();
        output.Render("div", "state-bar");
        if (parts.Length == 0) return;
        output.Content.AppendHtml(Bar(parts));

        var words = Html.Element("ul", "target-counts");
        foreach (var part in parts)
            words.Holding(Html.Element("li", "state-mark").With("data-state", part.State.Css()).Holding(Html.Shape(part.State), Label(part)));
        output.Content.AppendHtml(words);
    }

    private static TagBuilder Bar(BarPart[] parts)
    {
        var total = parts.Sum(part => part.Count);
        var bar = Html.Element("svg", "bar").With("viewBox", "0 0 100 1").With("preserveAspectRatio", "none").With("aria-hidden", "true");
        var x = 0.0;
        foreach (var part in parts)
        {
            var width = 100.0 * part.Count / total;
            bar.Holding(Html.Element("rect", null).With("data-state", part.State.Css()).With("x", Number(x)).With("width", Number(Math.Max(0.4, width - 0.3))).With("height", "1"));
            x += width;
        }

        return bar;
    }

    private static TagBuilder Label(BarPart part)
    {
        var label = Html.LinkOrSpan(part.Href, "word");
        label.InnerHtml.Append($"{part.Count.ToString("N0", CultureInfo.InvariantCulture)} {(part.Word ?? part.State.Word()).ToLowerInvariant()}");
        return label;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
