using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>One target as the grid shows it.</summary>
/// <param name="Word">The exact status: “Verified”, “Unreachable”.</param>
/// <param name="Group">Site or batch; targets stay together by it, in the order given.</param>
/// <param name="Detail">For the tooltip: the first error line, the version.</param>
public sealed record GridTarget(string Name, MarkState State, string? Word = null, string? Group = null, string? Href = null, string? Detail = null);

/// <summary>
/// One mark per target, grouped; names stay readable for a rack and shrink to marks for a fleet. The counts above say the same in
/// words. <c>&lt;target-grid targets="@Model.Targets" /&gt;</c>
/// </summary>
[HtmlTargetElement("target-grid", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TargetGridTagHelper : TagHelper
{
    private const int NamesFitUpTo = 60;

    public IEnumerable<GridTarget> Targets { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var targets = Targets.ToArray();
        output.Render("div", "target-grid", targets.Length > NamesFitUpTo ? "fleet" : null);
        output.Content.AppendHtml(Counts(targets));
        foreach (var group in targets.GroupBy(target => target.Group))
        {
            if (group.Key is not null) output.Content.AppendHtml(Html.Element("h3", "target-group", group.Key));
            output.Content.AppendHtml(Cells(group));
        }
    }

    private static TagBuilder Counts(IEnumerable<GridTarget> targets)
    {
        var counts = Html.Element("ul", "target-counts");
        foreach (var alike in targets.GroupBy(target => (target.State, Word: WordOf(target))).OrderByDescending(alike => alike.Key.State is MarkState.Halted))
            counts.Holding(Html.Element("li", "state-mark").With("data-state", alike.Key.State.Css())
                .Holding(Html.Shape(alike.Key.State), Html.Element("span", "word", $"{alike.Count()} {alike.Key.Word.ToLowerInvariant()}")));

        return counts;
    }

    private static TagBuilder Cells(IEnumerable<GridTarget> targets)
    {
        var cells = Html.Element("ul", "target-cells");
        foreach (var target in targets) cells.Holding(Cell(target));
        return cells;
    }

    private static TagBuilder Cell(GridTarget target) =>
        Html.Element("li", null).With("data-state", target.State.Css()).Holding(
            Html.LinkOrSpan(target.Href, "target-cell")
                .With("title", string.Join(" · ", new[] { target.Name, WordOf(target), target.Detail }.Where(part => part is not null)))
                .Holding(Html.Shape(target.State), Html.Element("span", "target-name", target.Name), Html.Hidden(WordOf(target))));

    private static string WordOf(GridTarget target) => target.Word ?? target.State.Word();
}
