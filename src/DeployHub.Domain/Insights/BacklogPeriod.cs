namespace DeployHub.Domain.Insights;

/// <summary>What came into the backlog and what left it within some weeks, of which the last ends now.</summary>
public sealed record BacklogPeriod(int Weeks, int Entered, int Finished, int Withdrawn)
{
    /// <summary>Finished items a week.</summary>
    public double Throughput => (double)Finished / Weeks;

    /// <summary>Entered items a week.</summary>
    public double Arrivals => (double)Entered / Weeks;

    /// <summary>Positive where the backlog shrinks.</summary>
    public int NetFlow => Finished + Withdrawn - Entered;

    /// <summary>The window is half-open, so that no item counts in two (MR-1).</summary>
    public static BacklogPeriod Of(IReadOnlyCollection<BacklogItem> items, int weeks, DateTimeOffset until)
    {
        var from = until.AddDays(-7 * weeks);
        return new BacklogPeriod(weeks, items.Count(item => IsIn(item.Entered)), items.Count(item => IsIn(item.Finished)), items.Count(item => IsIn(item.Withdrawn)));

        bool IsIn(DateTimeOffset? at) => at >= from && at < until;
    }
}
