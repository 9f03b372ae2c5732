using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S6: half of the last ten live runs that succeeded took more than 125 % of what was meant.</summary>
public static class SlowRuns
{
    public const int Newest = 10;
    public const double MostOfTarget = 1.25;

    public static SignalAnswer Of(VersionFacts facts)
    {
        if (facts.TargetDuration is not { } target) return SignalAnswer.Without(SignalCode.S6, facts, "Nobody said how long half of its runs may take, so none is slow (MR-12).");

        List<RunFact> runs = [.. facts.Deployments.Where(deployment => deployment.IsLive).SelectMany(deployment => deployment.Runs)
            .Where(run => run is { Status: RunStatus.Succeeded, Took: not null }).OrderByDescending(run => run.BeganAt).Take(Newest)];
        if (runs.Count < Newest) return SignalAnswer.Without(SignalCode.S6, facts, Said.TooFew("live runs that succeeded", Newest, runs.Count));

        var median = Timings.Of(runs.Select(run => run.Took!.Value)).Median!.Value;
        return median > target * MostOfTarget
            ? SignalAnswer.Of(SignalCode.S6, facts, Signal.Of(
                SignalCode.S6, facts, null, $"Half of the last {Newest} live runs took {Words.Of(median)} or longer; {Words.Of(target)} were meant.",
                runs.Select(run => run.Deployment)))
            : SignalAnswer.Of(SignalCode.S6, facts);
    }
}
