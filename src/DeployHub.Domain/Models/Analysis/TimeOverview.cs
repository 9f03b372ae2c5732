using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>Where the time of deployments went that came to their end: sums, which add up as medians would not.</summary>
/// <param name="Deployments">How many these are.</param>
/// <param name="Places">Only those in which time went, in their order.</param>
public sealed record TimeOverview(int Deployments, IReadOnlyList<PlaceOverview> Places)
{
    public TimeSplit All => Places.Aggregate(TimeSplit.None, (sum, place) => sum.And(place.Time));

    public static TimeOverview Of(IEnumerable<DeploymentFact> deployments)
    {
        List<DeploymentFact> ended = [.. deployments.Where(deployment => deployment.CompletedAt is not null && deployment.Runs.All(run => run.Took is not null))];
        return new TimeOverview(ended.Count,
        [
            .. from time in ended.SelectMany(TimesOf)
               group time.Time by time.Place into place
               orderby place.Key
               select new PlaceOverview(place.Key, place.Aggregate(TimeSplit.None, (sum, next) => sum.And(next)), Timings.Of(place.Select(time => time.Total)).Median!.Value),
        ]);
    }

    /// <summary>What the picture shows, for those who cannot see it and those in a hurry; null while there is nothing to say.</summary>
    public string? Sentence()
    {
        var all = All;
        if (Deployments == 0 || all.Total == TimeSpan.Zero) return null;

        var longest = Places.MaxBy(place => place.Time.Waiting)!;
        var most = longest.Time.Waiting == TimeSpan.Zero ? "" : $", most of it in {Words.Of(longest.Place)}";
        return $"Of {Words.Of(all.Total)} in {Words.Count(Deployments, "deployment")}, {Share(all.Waiting, all)} went into waiting{most}; "
            + $"{Share(all.Touch, all)} into work and {Share(all.Halt, all)} into halts.";
    }

    private static string Share(TimeSpan part, TimeSplit all) => $"{100 * (part / all.Total):0} %";

    private static IEnumerable<PlaceTime> TimesOf(DeploymentFact deployment)
    {
        if (Waited(deployment.SubmittedAt, deployment.ScheduledAt) is { } approval) yield return new PlaceTime(TimePlace.Approval, TimeSplit.None with { Waiting = approval });
        if (Waited(deployment.ScheduledAt, deployment.StartedAt) is { } start) yield return new PlaceTime(TimePlace.Start, TimeSplit.None with { Waiting = start });
        foreach (var runs in deployment.Runs.SelectMany(run => run.Times).GroupBy(time => time.Place))
            yield return new PlaceTime(runs.Key, runs.Aggregate(TimeSplit.None, (sum, next) => sum.And(next.Time)));
    }

    private static TimeSpan? Waited(DateTimeOffset? from, DateTimeOffset? to) => to - from is { } waited && waited > TimeSpan.Zero ? waited : null;
}

/// <param name="Time">Of all deployments together.</param>
/// <param name="Median">Half of the deployments that came there spent at most this.</param>
public sealed record PlaceOverview(TimePlace Place, TimeSplit Time, TimeSpan Median);
