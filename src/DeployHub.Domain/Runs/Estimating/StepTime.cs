using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs.Estimating;

/// <summary>Where the time of a step is known from.</summary>
public enum TimeSource
{
    /// <summary>Runs before in the same environment.</summary>
    MeasuredHere,

    /// <summary>Runs before in other environments.</summary>
    MeasuredElsewhere,

    /// <summary>Runs before here and in other environments together, where neither are enough alone.</summary>
    MeasuredAnywhere,

    /// <summary>The model says how long it takes.</summary>
    Stated,

    /// <summary>Nothing is known but its time limit.</summary>
    Limit,
}

/// <summary>How long a step takes: half of the times at most <paramref name="Half"/>, 85 of 100 at most <paramref name="Most"/>.</summary>
/// <param name="Measured">How often it was measured; where its time limit is told all the same, too seldom to go by.</param>
public sealed record StepTime(TimeSpan Half, TimeSpan Most, TimeSource Source, int Measured = 0)
{
    /// <summary>Measured where enough runs went before, else what the model says, else anything up to the time limit.</summary>
    public static StepTime Of(StepRun step, IReadOnlyList<TimeSpan> here, IReadOnlyList<TimeSpan> elsewhere)
    {
        if (here.Count >= Projection.FewestRuns) return Measure(here, TimeSource.MeasuredHere);
        if (elsewhere.Count >= Projection.FewestRuns) return Measure(elsewhere, TimeSource.MeasuredElsewhere);
        if (here.Count + elsewhere.Count >= Projection.FewestRuns) return Measure([.. here, .. elsewhere], TimeSource.MeasuredAnywhere);

        return Duration.Parse(step.Settings.ExpectedTime) is { Error: null, Value: var expected }
            ? new StepTime(expected, expected, TimeSource.Stated)
            : new StepTime(TimeSpan.Zero, step.Timeout, TimeSource.Limit, here.Count + elsewhere.Count);
    }

    private static StepTime Measure(IReadOnlyList<TimeSpan> times, TimeSource source)
    {
        var ordered = times.Order().ToList();
        return new StepTime(Projection.At(ordered, .5), Projection.At(ordered, .85), source, ordered.Count);
    }
}
