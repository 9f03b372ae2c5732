namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>
/// S9: manual steps take more than 30 % of the touch time, in at least ten runs a quarter. What a person has is counted from being asked to
/// having answered; when somebody really began is recorded nowhere.
/// </summary>
public static class ManualLoads
{
    public const int FewestRuns = 10;
    public const int MostPercent = 30;

    public static readonly TimeSpan Quarter = TimeSpan.FromDays(91);

    public static SignalAnswer Of(VersionFacts facts)
    {
        List<RunFact> runs = [.. facts.Runs.Where(run => run.Times.Count > 0 && run.BeganAt >= facts.Window.To - Quarter)];
        if (runs.Count < FewestRuns) return SignalAnswer.Without(SignalCode.S9, facts, Said.TooFew("runs in a quarter", FewestRuns, runs.Count));

        var time = runs.SelectMany(run => run.Times).Select(place => place.Time).Aggregate(TimeSplit.None, (sum, next) => sum.And(next));
        return time.ByHand * 100 > time.Touch * MostPercent
            ? SignalAnswer.Of(SignalCode.S9, facts, Signal.Of(
                SignalCode.S9, facts, null,
                $"People had {time.ByHand / time.Touch * 100:0} % of the time in which something was done, {Words.Of(time.ByHand)} in {runs.Count} runs, from being asked to having answered.",
                runs.Where(run => run.Times.Any(place => place.Time.ByHand > TimeSpan.Zero)).Select(run => run.Deployment)))
            : SignalAnswer.Of(SignalCode.S9, facts);
    }
}
