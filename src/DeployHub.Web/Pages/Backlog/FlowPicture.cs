using System.Globalization;
using DeployHub.Domain.Insights;

namespace DeployHub.Web.Pages.Backlog;

/// <summary>Cumulative flow: how wide a band is says how much is in that state, how long it is from side to side says how long things stay.</summary>
internal sealed class FlowPicture
{
    public const double Width = 1000;
    public const double Height = 240;

    private readonly IReadOnlyList<BacklogFlow> _flow;

    public FlowPicture(IReadOnlyList<BacklogFlow> flow)
    {
        _flow = flow;
        Most = Math.Max(1, flow.Max(point => point.Entered));
        Bands =
        [
            BandOf("Waiting for approval", "review", point => point.Authorised, point => point.Entered),
            BandOf("Scheduled", "scheduled", point => point.Started, point => point.Authorised),
            BandOf("Under way", "moving", point => point.Left, point => point.Started),
            BandOf("Left", "left", _ => 0, point => point.Left),
        ];
    }

    /// <param name="Points">Of a polygon.</param>
    /// <param name="Now">How many are in it now.</param>
    public sealed record Band(string Name, string Css, string Points, int Now);

    /// <summary>From the top down.</summary>
    public IReadOnlyList<Band> Bands { get; }

    /// <summary>What the top of the picture stands for.</summary>
    public int Most { get; }

    /// <summary>One point a week, the newest first.</summary>
    public IEnumerable<BacklogFlow> Weekly => _flow.Reverse().Where((_, index) => index % 7 == 0);

    public string InWords
    {
        get
        {
            var (first, last) = (_flow[0], _flow[^1]);
            var (came, left) = (last.Entered - first.Entered, last.Left - first.Left);
            var verdict = came > left ? $"the backlog grew by {came - left}" : came < left ? $"the backlog shrank by {left - came}" : "the backlog is as long as before";
            return $"In 13 weeks {came} came in and {left} left: {verdict}.";
        }
    }

    private Band BandOf(string name, string css, Func<BacklogFlow, int> low, Func<BacklogFlow, int> high) => new(
        name, css,
        string.Join(' ', _flow.Select((point, index) => Point(index, high(point))).Concat(_flow.Select((point, index) => Point(index, low(point))).Reverse())),
        high(_flow[^1]) - low(_flow[^1]));

    private string Point(int index, int count) => $"{Number(Width * index / Math.Max(1, _flow.Count - 1))},{Number(Height - (Height * count / Most))}";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
