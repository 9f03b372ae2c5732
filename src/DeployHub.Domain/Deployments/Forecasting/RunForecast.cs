using DeployHub.Domain.Runs.Estimating;

namespace DeployHub.Domain.Deployments.Forecasting;

/// <summary>How long the run of a plan will take, and whether its slot is long enough. A warning at most, never a refusal.</summary>
/// <param name="Half">Half of the times it takes at most this long; people's decisions are not in it.</param>
/// <param name="Most">85 of 100 times at most this.</param>
/// <param name="StartsAt">With the slot, or now.</param>
/// <param name="Available">What is left of the slot from then on; null on demand.</param>
public sealed record RunForecast(TimeSpan Half, TimeSpan Most, DateTimeOffset StartsAt, TimeSpan? Available)
{
    /// <summary>By when it is finished 85 of 100 times.</summary>
    public DateTimeOffset FinishedBy => StartsAt + Most;

    /// <summary>Something but time limits says how long it takes.</summary>
    public bool IsKnown => Half > TimeSpan.Zero;

    /// <summary>It ends within its slot 85 of 100 times, or nothing is known that says otherwise.</summary>
    public bool Fits => !IsKnown || Available is not { } available || Most <= available;

    public string Sentence => Available switch
    {
        _ when !IsKnown => $"No run has shown yet how long it takes. By the time limits of its steps it is {Words.Of(Most)} at most.",
        null => $"It needs about {Words.Of(Half)}, and {Words.Of(Most)} at most (85 of 100 times).",
        { Ticks: <= 0 } => $"It needs about {Words.Of(Half)}, and {Words.Of(Most)} at most (85 of 100 times); its slot is over.",
        { } available when Fits => $"It needs about {Words.Of(Half)}, and {Words.Of(Most)} at most (85 of 100 times); the slot has {Words.Of(available)}.",
        { } available => $"It needs up to {Words.Of(Most)} (85 of 100 times), and the slot has {Words.Of(available)}: it may not be finished by then.",
    };

    public static RunForecast Of(Estimate estimate, Slot? slot, DateTimeOffset now)
    {
        var starts = slot is not null && slot.Start > now ? slot.Start : now;
        return new RunForecast(estimate.Half, estimate.Most, starts, slot is null ? null : slot.End > starts ? slot.End - starts : TimeSpan.Zero);
    }
}

/// <summary>The last time that a run with this version of the model was rolled back, all the way.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="WasRehearsed">It was rolled back to show that it can be.</param>
public sealed record RollbackProof(string Run, DateTimeOffset At, string Environment, bool WasRehearsed);
