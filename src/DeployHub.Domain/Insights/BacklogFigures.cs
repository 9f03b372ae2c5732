using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Insights;

/// <summary>How the backlog stands (domain M9). Items are counted, not weighed.</summary>
/// <param name="InProgress">Open items, the oldest first.</param>
/// <param name="CycleTimes">Of what finished within 13 weeks: the rest says little of today.</param>
/// <param name="Lately">The last four weeks.</param>
/// <param name="Quarter">The last 13 weeks.</param>
/// <param name="ByWeek">Each of the last 13 weeks, the oldest first.</param>
public sealed record BacklogFigures(
    DateTimeOffset At, IReadOnlyList<BacklogItem> InProgress, Timings CycleTimes, BacklogPeriod Lately, BacklogPeriod Quarter, IReadOnlyList<BacklogPeriod> ByWeek)
{
    public const int ShortWeeks = 4;

    public const int LongWeeks = 13;

    public int Wip => InProgress.Count;

    /// <summary>Fewer finished than this say no percentile, only how many they are (MR-6).</summary>
    public bool SaysPercentiles => CycleTimes.Count >= Proportion.FewestForARate;

    /// <summary>Half of what finished took at most this long; null where too few say so.</summary>
    public TimeSpan? P50 => SaysPercentiles ? CycleTimes.Median : null;

    public TimeSpan? P85 => SaysPercentiles ? CycleTimes.P85 : null;

    public TimeSpan? P95 => SaysPercentiles ? CycleTimes.P95 : null;

    /// <summary>Open items that are older than 85 of 100 finished ones became; null where too few say so.</summary>
    public Proportion? Old => P85 is { } p85 ? new Proportion(InProgress.Count(item => item.AgeAt(At) > p85), Wip) : null;

    /// <summary>After how many weeks what is open now is through at the pace of the last 13; null where nothing finished.</summary>
    public double? WeeksToClear => Quarter.Finished == 0 ? null : Wip / Quarter.Throughput;

    public int In(DeploymentStatus status) => InProgress.Count(item => item.Status == status);

    public static BacklogFigures Of(IReadOnlyCollection<BacklogItem> items, DateTimeOffset at)
    {
        var since = at.AddDays(-7 * LongWeeks);
        return new BacklogFigures(
            at,
            [.. items.Where(item => item.IsOpenAt(at)).OrderBy(item => item.Entered).ThenBy(item => item.Number, StringComparer.Ordinal)],
            Timings.Of(items.Where(item => item.Finished >= since && item.Finished < at).Select(item => item.CycleTime!.Value)),
            BacklogPeriod.Of(items, ShortWeeks, at),
            BacklogPeriod.Of(items, LongWeeks, at),
            [.. Enumerable.Range(0, LongWeeks).Select(week => BacklogPeriod.Of(items, 1, at.AddDays(-7 * (LongWeeks - 1 - week))))]);
    }
}
