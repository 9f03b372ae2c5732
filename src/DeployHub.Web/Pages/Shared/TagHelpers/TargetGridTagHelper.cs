using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>One target as the grid shows it.</summary>
/// <param name="Word">The exact status: “Verified”, “Unreachable”.</param>
/// <param name="Group">Site or batch; targets stay together by it, in the order given.</param>
/// <param name="Detail">For the tooltip: the first error line, the version.</param>
/// <param name="IsDone">Nothing more happens on it for now: where all of a fleet's group are done alike, it folds. By its state unless told.</param>
public sealed record GridTarget(string Name, MarkState State, string? Word = null, string? Group = null, string? Href = null, string? Detail = null, bool? IsDone = null);

/// <summary>
/// One mark per target, grouped, failures first; names stay readable for a rack and shrink to marks for a fleet, where failed targets keep
/// theirs in a group of their own and a group that is done folds. The counts above say the same in words. <c>&lt;target-grid targets="@Model.Targets" /&gt;</c>
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
        var isFleet = targets.Length > NamesFitUpTo;
        if (isFleet && Array.FindAll(targets, HasFailed) is { Length: > 0 } failed) output.Content.AppendHtml(Html.Element("h3", "target-group", "Failed")).AppendHtml(Cells(failed).With("class", "target-cells named"));
        foreach (var group in (isFleet ? targets.Where(target => !HasFailed(target)) : targets.OrderByDescending(HasFailed)).GroupBy(target => target.Group).OrderBy(group => Array.FindIndex(targets, target => target.Group == group.Key)))
            output.Content.AppendHtml(isFleet && IsDoneAlike(group) ? Folded(group) : Open(group));
    }

    private static bool HasFailed(GridTarget target) => target.State is MarkState.Halted;

    private static bool IsDoneAlike(IEnumerable<GridTarget> group) =>
        group.All(target => target.IsDone ?? target.State is MarkState.Passed or MarkState.RolledBack) && group.Select(WordOf).Distinct().Count() == 1;

    private static IHtmlContent Open(IGrouping<string?, GridTarget> group)
    {
        var open = new HtmlContentBuilder();
        if (group.Key is not null) open.AppendHtml(Html.Element("h3", "target-group", group.Key));
        return open.AppendHtml(Cells(group));
    }

    private static TagBuilder Folded(IGrouping<string?, GridTarget> group) => Html.Element("details", "target-folded").Holding(
        Html.Element("summary", null).With("data-state", group.First().State.Css()).Holding(Html.Shape(group.First().State), Html.Element("span", null, $"{group.Key ?? "All"}: {group.Count()} {WordOf(group.First()).ToLowerInvariant()}")),
        Cells(group));

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
