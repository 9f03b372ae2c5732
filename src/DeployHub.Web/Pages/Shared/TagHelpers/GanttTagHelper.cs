using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>Something that went on from one instant to another.</summary>
public sealed record GanttBar(string Name, DateTimeOffset From, DateTimeOffset To, MarkState State);

public sealed record GanttRow(string Name, IReadOnlyList<GanttBar> Bars);

/// <summary>Rows of bars over one time scale, and the same as a table: <c>&lt;gantt rows="@Model.Rows" /&gt;</c></summary>
[HtmlTargetElement("gantt", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class GanttTagHelper : TagHelper
{
    private const double Width = 1000;
    private const double Narrowest = 3;

    public IEnumerable<GanttRow> Rows { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var rows = Rows.ToArray();
        var bars = rows.SelectMany(row => row.Bars).ToArray();
        if (bars.Length == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.Render("div", "gantt");
        var (from, to) = (bars.Min(bar => bar.From), bars.Max(bar => bar.To));
        output.Content.AppendHtml(Picture(rows, from, to)).AppendHtml(Table(rows));
    }

    private static TagBuilder Picture(GanttRow[] rows, DateTimeOffset from, DateTimeOffset to)
    {
        var picture = Html.Element("div", "gantt-picture").With("aria-hidden", "true");
        foreach (var row in rows) picture.Holding(Html.Element("span", "gantt-name", row.Name), Lane(row, from, Math.Max(1, (to - from).TotalMilliseconds)));
        return picture.Holding(Html.Element("span", null), Html.Element("span", "gantt-scale").Holding(
            Html.Element("span", null, $"{At(from)} UTC"), Html.Element("span", null, RelativeTime.Words(to - from)), Html.Element("span", null, At(to))));
    }

    private static TagBuilder Lane(GanttRow row, DateTimeOffset from, double span)
    {
        PlacedBar[] placed = [.. GanttLanes.Place(row.Bars)];
        var lane = Html.Element("svg", "gantt-lane").With("viewBox", $"0 0 {Width} 10").With("preserveAspectRatio", "none");
        if (placed.Select(bar => bar.Lanes).DefaultIfEmpty().Max() is var lanes and > 1) lane.With("data-lanes", lanes == 2 ? "2" : "many");
        foreach (var (bar, beneath, beside) in placed)
        {
            var width = Math.Max(Narrowest, Width * (bar.To - bar.From).TotalMilliseconds / span);
            var x = Math.Min(Width - width, Width * (bar.From - from).TotalMilliseconds / span);
            lane.Holding(Html.Element("rect", null).With("data-state", bar.State.Css()).With("x", Number(x)).With("y", Number(10d * beneath / beside)).With("width", Number(width)).With("height", Number(10d / beside))
                .Holding(Html.Element("title", null, $"{bar.Name} · {bar.State.Word()} · {RelativeTime.Words(bar.To - bar.From)}")));
        }

        return lane;
    }

    private static TagBuilder Table(GanttRow[] rows)
    {
        var body = Html.Element("tbody", null);
        foreach (var row in rows)
            foreach (var bar in row.Bars)
                body.Holding(Html.Element("tr", null).Holding(
                    Html.Element("th", null, row.Name).With("scope", "row"), Html.Element("td", null, bar.Name), Html.Element("td", null, bar.State.Word()),
                    Html.Element("td", "number", At(bar.From)), Html.Element("td", "number", RelativeTime.Words(bar.To - bar.From))));

        return Html.Element("details", null).Holding(Html.Element("summary", null, "As a table"), Html.Element("div", "table-frame").Holding(
            Html.Element("table", "table").Holding(Head("", "What", "State", "Began, UTC", "Took"), body)));
    }

    private static TagBuilder Head(params ReadOnlySpan<string> names)
    {
        var row = Html.Element("tr", null);
        foreach (var name in names) row.Holding(name.Length == 0 ? Html.Element("td", null) : Html.Element("th", null, name).With("scope", "col"));
        return Html.Element("thead", null).Holding(row);
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
