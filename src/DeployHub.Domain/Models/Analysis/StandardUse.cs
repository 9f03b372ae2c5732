using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>
/// A-V13: a model may be used for standard changes once at least five live deployments under normal change succeeded and at most 10 % of all
/// failed, within 180 days.
/// </summary>
/// <param name="Sentence">What the figures say.</param>
public sealed record StandardUse(bool IsMet, string Sentence)
{
    public const string Rule = "A-V13";
    public const int FewestSuccesses = 5;
    public const int MostFailuresPercent = 10;

    public static readonly TimeSpan Span = TimeSpan.FromDays(180);

    /// <param name="successes">Live deployments under normal change that succeeded in that time.</param>
    /// <param name="changeFailure">Of all live deployments in that time.</param>
    public static StandardUse Of(int successes, Proportion changeFailure)
    {
        var isMet = successes >= FewestSuccesses && changeFailure.Count * 100 <= MostFailuresPercent * changeFailure.Of;
        var could = isMet ? "Could be standard" : "Could not be standard yet";
        return new StandardUse(
            isMet, $"{could}: {Words.Count(successes, "live deployment")} under normal change succeeded in {Span.TotalDays:0} days, and {FewestSuccesses} are needed; "
                + $"change failures: {changeFailure}, and at most {MostFailuresPercent} % are allowed.");
    }
}
