using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S1: the same step halts by the same cause at least three times within 20 runs.</summary>
public static class RepeatingHalts
{
    public const int Fewest = 3;

    public static SignalAnswer Of(VersionFacts facts)
    {
        var runs = facts.Runs;
        if (runs.Count == 0) return SignalAnswer.Without(SignalCode.S1, facts, "No run began in the window.");

        var repeating = runs.Index()
            .SelectMany(run => run.Item.Halts.Where(halt => halt.Step is not null), (run, halt) => new Halted(run.Index, run.Item.Deployment, halt))
            .GroupBy(halted => (halted.Halt.Step, halted.Halt.Cause))
            .Where(Repeats)
            .GroupBy(alike => alike.Key.Step!)
            .Select(step => (Step: step.Key, Causes: step.OrderByDescending(Runs).ToList()));
        return SignalAnswer.Of(SignalCode.S1, facts, repeating.OrderByDescending(step => Runs(step.Causes[0])).Select(step => Signal.Of(
            SignalCode.S1, facts, step.Step, Sentence(step.Step, step.Causes, runs.Count), step.Causes.SelectMany(cause => cause).Select(halted => halted.Deployment))));
    }

    private sealed record Halted(int Place, string Deployment, HaltFact Halt);

    /// <summary>A halt that comes back when its step is tried again in the same run is the same trouble, so runs are counted.</summary>
    private static bool Repeats(IEnumerable<Halted> alike)
    {
        int[] places = [.. alike.Select(halted => halted.Place).Distinct().Order()];
        return Enumerable.Range(0, Math.Max(0, places.Length - Fewest + 1)).Any(first => places[first + Fewest - 1] - places[first] < AnalysisWindow.LastRuns);
    }

    private static int Runs(IEnumerable<Halted> alike) => alike.Select(halted => halted.Place).Distinct().Count();

    private static string Sentence(string step, List<IGrouping<(string? Step, HaltCause Cause), Halted>> causes, int runs)
    {
        var halted = Words.List(causes.Select(cause => $"{Runs(cause)} of {runs} runs by the same cause, {Words.Of(cause.Key.Cause)}"));
        var choices = causes.SelectMany(cause => cause).Select(one => one.Halt.Choice).OfType<ResolutionChoice>().GroupBy(choice => choice)
            .OrderByDescending(choice => choice.Count()).Select(choice => $"{Words.Of(choice.Key)} {Said.Times(choice.Count())}").ToList();
        return $"“{step}” halted {halted}.{(choices.Count == 0 ? "" : $" Resolved by {Words.List(choices)}.")}";
    }
}
