using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>From one instant to another.</summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

    public Interval Within(Interval other) => new(From > other.From ? From : other.From, To < other.To ? To : other.To);
}

/// <summary>Divides the time of a run that is over among its stages, and each stage's into waiting, touch and halt.</summary>
public static class StageClock
{
    /// <param name="stages">Those that began, each until its end or that of the run.</param>
    /// <param name="states">What the run was, one state after the other.</param>
    /// <param name="byHand">When somebody had a manual step; they may overlap.</param>
    public static IReadOnlyList<PlaceTime> Divide(
        IEnumerable<(Stage Stage, Interval Time)> stages, IReadOnlyList<(RunStatus State, Interval Time)> states, IReadOnlyList<Interval> byHand)
    {
        var hands = Merged(byHand);
        List<PlaceTime> times = [.. stages.Select(stage => new PlaceTime(PlaceOf(stage.Stage), Split(stage.Time, states, hands)))];
        var back = Sum(states.Where(state => state.State is RunStatus.RollingBack).Select(state => state.Time.Length));
        if (back > TimeSpan.Zero) times.Add(new PlaceTime(TimePlace.RollBack, TimeSplit.None with { Touch = back }));
        return times;
    }

    private static TimeSplit Split(Interval stage, IReadOnlyList<(RunStatus State, Interval Time)> states, List<Interval> hands)
    {
        var split = TimeSplit.None;
        foreach (var (state, time) in states)
        {
            var (here, byHand) = (time.Within(stage), TimeSpan.Zero);
            if (here.Length == TimeSpan.Zero || state is RunStatus.RollingBack) continue; // what leads back has a place of its own
            if (state is not RunStatus.Halted) byHand = Sum(hands.Select(hand => hand.Within(here).Length));
            split = split.And(state switch
            {
                RunStatus.Halted => TimeSplit.None with { Halt = here.Length },
                RunStatus.Waiting => new TimeSplit(here.Length - byHand, byHand, TimeSpan.Zero, byHand),
                _ => new TimeSplit(TimeSpan.Zero, here.Length, TimeSpan.Zero, byHand),
            });
        }

        return split;
    }

    /// <summary>Without what two people did at the same time twice.</summary>
    private static List<Interval> Merged(IEnumerable<Interval> intervals)
    {
        var merged = new List<Interval>();
        foreach (var next in intervals.OrderBy(interval => interval.From))
        {
            if (merged.Count > 0 && next.From <= merged[^1].To) merged[^1] = merged[^1] with { To = next.To > merged[^1].To ? next.To : merged[^1].To };
            else merged.Add(next);
        }

        return merged;
    }

    private static TimePlace PlaceOf(Stage stage) => stage switch
    {
        Stage.VerifyComponents => TimePlace.VerifyComponents,
        Stage.VerifyEnvironment => TimePlace.VerifyEnvironment,
        Stage.Execute => TimePlace.Execute,
        _ => TimePlace.VerifyDeployment,
    };

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => new(spans.Sum(span => span.Ticks));
}
