using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>One phase of Execute.</summary>
/// <param name="Planned">Exposure when the phase is done, 0 to 1 of all targets, earlier phases included.</param>
/// <param name="Actual">Exposure reached so far within the same scale; null before the phase began.</param>
/// <param name="Next">What happens next and when: “soaks until 10:40”.</param>
public sealed record StairPhase(string Name, MarkState State, double Planned, double? Actual = null, string? Word = null, string? Next = null);

/// <summary>
/// Planned exposure as stairs, the actual one filled in: <c>&lt;phase-staircase phases="@Model.Phases" /&gt;</c>. Every step also says its
/// numbers in words.
/// </summary>
[HtmlTargetElement("phase-staircase", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PhaseStaircaseTagHelper : TagHelper
{
    public IEnumerable<StairPhase> Phases { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("ol", "staircase");
        output.Attributes.SetAttribute("aria-label", "Phases");
        foreach (var phase in Phases) output.Content.AppendHtml(Stair(phase));
    }

    private static TagBuilder Stair(StairPhase phase) =>
        Html.Element("li", null).With("data-state", phase.State.Css()).Holding(
            Drawing(phase),
            Html.Element("span", "stair-name", phase.Name),
            Html.Element("span", "stair-share", phase.Actual is { } actual && actual < phase.Planned ? $"{Percent(actual)} of {Percent(phase.Planned)}" : Percent(phase.Planned)),
            Html.Element("span", "state-mark").With("data-state", phase.State.Css()).Holding(Html.Shape(phase.State), Html.Element("span", "word", phase.Word ?? phase.State.Word())),
            phase.Next is null ? null : Html.Element("span", "stair-next", phase.Next));

    private static TagBuilder Drawing(StairPhase phase) =>
        Html.Element("svg", "stair").With("viewBox", "0 0 100 100").With("preserveAspectRatio", "none").With("aria-hidden", "true").Holding(
            Block("planned", phase.Planned),
            phase.Actual is { } actual ? Block("actual", actual) : null);

    private static TagBuilder Block(string css, double share)
    {
        var height = 100 * Math.Clamp(share, 0, 1);
        return Html.Element("rect", css).With("x", "0").With("width", "100").With("y", Number(100 - height)).With("height", Number(height));
    }

    private static string Percent(double share) => $"{Math.Round(100 * share)} %";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
