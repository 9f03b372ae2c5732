using DeployHub.Domain;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>One of the four stages as the strip shows it.</summary>
/// <param name="Word">The exact status; the state's own word when null.</param>
/// <param name="Detail">A few words or a number: “12 checks”, “2 of 6 targets”.</param>
public sealed record StripStage(string Name, MarkState State, string? Word = null, string? Detail = null, string? Href = null);

/// <summary>
/// The product's face: the four stages, always in the same place with the same shapes.
/// <c>&lt;stage-strip stages="@Model.Stages" /&gt;</c>; in a list row <c>&lt;stage-strip stages="@row.Stages" compact="true" /&gt;</c>.
/// </summary>
[HtmlTargetElement("stage-strip", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StageStripTagHelper : TagHelper
{
    public IEnumerable<StripStage> Stages { get; set; } = [];

    public bool Compact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("ol", "stage-strip", Compact ? "compact" : null);
        output.Attributes.SetAttribute("aria-label", "Stages");
        foreach (var stage in Stages) output.Content.AppendHtml(Compact ? Mark(stage) : Chevron(stage));
    }

    private static TagBuilder Chevron(StripStage stage) =>
        Item(stage).Holding(
            Html.Shape(stage.State),
            Html.LinkOrSpan(stage.Href, "stage-name").Holding(Text(stage.Name)),
            Html.Element("span", "stage-word", WordOf(stage)),
            stage.Detail is null ? null : Html.Element("span", "stage-detail", stage.Detail));

    private static TagBuilder Mark(StripStage stage) =>
        Item(stage)
            .With("title", Words.List([$"{stage.Name}: {WordOf(stage)}", .. stage.Detail is null ? Array.Empty<string>() : [stage.Detail]]))
            .Holding(Html.Shape(stage.State), Html.Hidden($"{stage.Name}: {WordOf(stage)}"));

    private static TagBuilder Item(StripStage stage) => Html.Element("li", null).With("data-state", stage.State.Css());

    private static string WordOf(StripStage stage) => stage.Word ?? stage.State.Word();

    private static HtmlContentBuilder Text(string text)
    {
        var content = new HtmlContentBuilder();
        content.Append(text);
        return content;
    }
}
