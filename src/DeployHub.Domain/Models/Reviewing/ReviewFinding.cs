using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Reviewing;

/// <summary>What people decided about a signal.</summary>
public enum ReviewVerdict
{
    /// <summary>The model or the practice is to change.</summary>
    Improve,

    /// <summary>It is as it has to be.</summary>
    Accept,

    /// <summary>Too early to say: looked at again at the next review.</summary>
    Watch,
}

/// <summary>A signal as it was when the review was held, and what people said of it.</summary>
/// <param name="Number">From 1 within the review.</param>
public sealed record ReviewFinding(int Number, Signal Signal)
{
    /// <summary>Null until somebody gave one.</summary>
    public GivenVerdict? Given { get; init; }
}

/// <param name="Words">Why.</param>
public sealed record GivenVerdict(ReviewVerdict Verdict, CauseClass CauseClass, string Words, Actor By, DateTimeOffset At);
