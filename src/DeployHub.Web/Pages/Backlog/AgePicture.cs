using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Insights;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Backlog;

/// <summary>Ageing scatter: each open item by its state and its age, with lines for how old half, 85 and 95 of 100 finished ones became.</summary>
internal sealed class AgePicture
{
    public const double Width = 1000;
    public const double Height = 240;

    private static readonly DeploymentStatus[] Order = [DeploymentStatus.Draft, DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

    private readonly TimeSpan _end;

    public AgePicture(ShowBacklog.View view)
    {
        _end = new[] { TimeSpan.FromHours(1), view.Figures.P95 ?? TimeSpan.Zero, view.Rows.Count == 0 ? TimeSpan.Zero : view.Rows.Max(row => row.Age) }.Max() * 1.05;
        End = Words.Of(_end);
        Lines = [.. new[] { ("p50", view.Figures.P50), ("p85", view.Figures.P85), ("p95", view.Figures.P95) }.Where(line => line.Item2 is not null).Select(line => new Line(line.Item1, Words.Of(line.Item2!.Value), Y(line.Item2.Value)))];
        Dots = [.. view.Rows.GroupBy(row => row.Status).SelectMany(state => state.Select((row, index) => new Dot(row.Number, $"{row.Number}, {Words.Of(row.Age)}", row.IsByChoice, row.Status.Mark(), X(row.Status, index, state.Count()), Y(row.Age))))];
    }

    /// <param name="Name">Such as “p85”.</param>
    public sealed record Line(string Name, string Value, string Y);

    /// <param name="IsByChoice">It waits for a slot that was chosen far ahead: it is drawn hollow.</param>
    /// <param name="InWords">Which one it is, and how old.</param>
    public sealed record Dot(string Number, string InWords, bool IsByChoice, MarkState State, string X, string Y);

    public IReadOnlyList<Line> Lines { get; }

    public IReadOnlyList<Dot> Dots { get; }

    /// <summary>What the top of the picture stands for.</summary>
    public string End { get; }

    /// <summary>The columns, from left to right.</summary>
    public static IEnumerable<string> Columns => Order.Select(state => state is DeploymentStatus.Draft ? "Back to draft" : Words.Title(state));

    /// <summary>Side by side within the column of the state, so that two of one age are two.</summary>
    private static string X(DeploymentStatus state, int index, int count)
    {
        var column = Width / Order.Length;
        return Number((Array.IndexOf(Order, state) * column) + (column * (index + 1) / (count + 1)));
    }

    private string Y(TimeSpan age) => Number(Height - (Height * Math.Max(0, age.TotalMinutes) / _end.TotalMinutes));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
