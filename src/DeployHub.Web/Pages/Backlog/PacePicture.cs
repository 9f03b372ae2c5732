using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Insights;

namespace DeployHub.Web.Pages.Backlog;

/// <summary>Throughput as a run chart: a point a week for what finished, and a line at the median of them.</summary>
internal sealed class PacePicture
{
    public const double Width = 1000;
    public const double Height = 140;

    /// <summary>Room for the points themselves.</summary>
    private const double Edge = 10;

    public PacePicture(IReadOnlyList<BacklogPeriod> weeks)
    {
        var finished = weeks.Select(week => week.Finished).ToList();
        var sorted = finished.Order().ToList();
        (Most, Median) = (Math.Max(1, finished.Max()), sorted[sorted.Count / 2]);
        MedianY = Y(Median);
        Points = [.. finished.Select((count, index) => new Point(Number(Edge + ((Width - (2 * Edge)) * index / Math.Max(1, finished.Count - 1))), Y(count), $"{Ago(finished.Count - 1 - index)}: {count}"))];
        Line = string.Join(' ', Points.Select(point => $"{point.X},{point.Y}"));
        InWords = $"Finished week by week, the oldest first: {string.Join(", ", finished)}. The median is {Median}.";
    }

    /// <param name="Title">Which week, and how many.</param>
    public sealed record Point(string X, string Y, string Title);

    public IReadOnlyList<Point> Points { get; }

    /// <summary>Through the points, for a polyline.</summary>
    public string Line { get; }

    /// <summary>What the top of the picture stands for.</summary>
    public int Most { get; }

    public int Median { get; }

    public string MedianY { get; }

    public string InWords { get; }

    private static string Ago(int weeks) => weeks == 0 ? "The last 7 days" : $"{Words.Count(weeks, "week")} before";

    private string Y(int count) => Number(Height - Edge - ((Height - (2 * Edge)) * count / Most));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
