namespace DeployHub.Domain.Insights;

/// <summary>How many items had come how far at one moment, since the picture begins: what is between two of these lines is in that state.</summary>
/// <param name="Entered">Submitted, and everything further.</param>
/// <param name="Authorised">Authorised, and everything further.</param>
/// <param name="Started">Started, and everything further.</param>
/// <param name="Left">Finished or withdrawn.</param>
public sealed record BacklogFlow(DateTimeOffset At, int Entered, int Authorised, int Started, int Left)
{
    /// <summary>One point a day, the last of them now. What left before the first is in none.</summary>
    public static IReadOnlyList<BacklogFlow> Of(IReadOnlyCollection<BacklogItem> items, int days, DateTimeOffset until)
    {
        var shown = items.Where(item => !(item.Left < until.AddDays(-days))).ToList();
        return [.. Enumerable.Range(0, days + 1).Select(day => PointAt(shown, until.AddDays(day - days)))];
    }

    /// <summary>Whatever came further counts as having been where it came from, so that no two lines cross.</summary>
    private static BacklogFlow PointAt(IReadOnlyCollection<BacklogItem> items, DateTimeOffset at) => new(
        at,
        items.Count(item => item.Entered <= at),
        items.Count(item => item.Authorised <= at || item.Started <= at || item.Left <= at),
        items.Count(item => item.Started <= at || item.Left <= at),
        items.Count(item => item.Left <= at));
}
