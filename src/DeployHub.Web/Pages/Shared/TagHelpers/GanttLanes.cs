namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>A bar with its place among those that went on at the same time.</summary>
/// <param name="Lane">From 0.</param>
/// <param name="Lanes">How many lanes those need together.</param>
internal sealed record PlacedBar(GanttBar Bar, int Lane, int Lanes);

/// <summary>Puts the bars of one row beneath each other where they overlap in time, so that none hides another.</summary>
internal static class GanttLanes
{
    public static IEnumerable<PlacedBar> Place(IEnumerable<GanttBar> bars)
    {
        var (overlapping, until) = (new List<GanttBar>(), DateTimeOffset.MinValue);
        foreach (var bar in bars.OrderBy(bar => bar.From).ThenBy(bar => bar.To))
        {
            if (bar.From >= until)
            {
                foreach (var placed in Beneath(overlapping)) yield return placed;
                overlapping.Clear();
            }

            overlapping.Add(bar);
            if (bar.To > until) until = bar.To;
        }

        foreach (var placed in Beneath(overlapping)) yield return placed;
    }

    private static List<PlacedBar> Beneath(List<GanttBar> overlapping)
    {
        var (ends, lanes) = (new List<DateTimeOffset>(), new List<int>());
        foreach (var bar in overlapping)
        {
            var lane = ends.FindIndex(end => end <= bar.From);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(bar.To);
            }

            ends[lane] = bar.To;
            lanes.Add(lane);
        }

        return [.. overlapping.Zip(lanes, (bar, lane) => new PlacedBar(bar, lane, ends.Count))];
    }
}
