using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S8: fewer live deployments succeed than were meant to (M6), or more than 15 % fail after they touched a target (D4).</summary>
public static class PoorResults
{
    public const int MostFailuresPercent = 15;

    public static SignalAnswer Of(VersionFacts facts)
    {
        if (facts.Success.IsRate || facts.ChangeFailure.IsRate) return SignalAnswer.Of(SignalCode.S8, facts, Found(facts));

        var cases = facts.Success.Of == 0 ? "none came to its end in the window" : $"{facts.Success} succeeded";
        return SignalAnswer.Without(SignalCode.S8, facts, $"Of live deployments, {cases}; a rate needs {Proportion.FewestForARate}.");
    }

    private static IEnumerable<Signal> Found(VersionFacts facts)
    {
        var (success, failure) = (facts.Success, facts.ChangeFailure);
        if (facts.TargetSuccess is { } target && success.IsRate && success.Count * 100m < target * success.Of)
            yield return Signal.Of(SignalCode.S8, facts, "success rate", $"{success} of live deployments succeeded; {target:0.##} % were meant to.", Unsuccessful(facts));
        if (failure.IsRate && failure.Count * 100 > MostFailuresPercent * failure.Of)
            yield return Signal.Of(
                SignalCode.S8, facts, "change failures", $"{failure} of live deployments had to be led back or fixed forward; more than {MostFailuresPercent} % is poor.", Unsuccessful(facts));
    }

    private static IEnumerable<string> Unsuccessful(VersionFacts facts) =>
        facts.Deployments.Where(deployment => deployment is { IsLive: true, Outcome: not null, Succeeded: false }).Select(deployment => deployment.Number);
}
