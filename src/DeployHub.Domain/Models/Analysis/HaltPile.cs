using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>Halts of one step by one cause: a bar of the Pareto picture.</summary>
/// <param name="Step">Null where no step failed: a person stopped it, or a gate was closed.</param>
/// <param name="UpToHere">These and those of the higher bars.</param>
/// <param name="All">Halts altogether.</param>
/// <param name="Deployments">Numbers, the newest first; at most <see cref="Signal.MostEvidence"/>.</param>
public sealed record HaltPile(Stage Stage, string? Step, HaltCause Cause, int Count, int UpToHere, int All, IReadOnlyList<string> Deployments)
{
    /// <summary>The highest first.</summary>
    public static IReadOnlyList<HaltPile> From(IEnumerable<RunFact> runs)
    {
        var halts = runs.SelectMany(run => run.Halts, (run, halt) => (run.Deployment, Halt: halt)).ToList();
        var (piles, upToHere) = (new List<HaltPile>(), 0);
        foreach (var alike in halts.GroupBy(one => (one.Halt.Stage, one.Halt.Step, one.Halt.Cause)).OrderByDescending(alike => alike.Count()).ThenBy(alike => alike.Key.Stage))
        {
            upToHere += alike.Count();
            piles.Add(new HaltPile(
                alike.Key.Stage, alike.Key.Step, alike.Key.Cause, alike.Count(), upToHere, halts.Count,
                [.. alike.Select(one => one.Deployment).Distinct().OrderDescending(StringComparer.Ordinal).Take(Signal.MostEvidence)]));
        }

        return piles;
    }
}

/// <summary>How often runs halted in one stage. What is found before Execute is cheap; later it is dear (domain M6).</summary>
/// <param name="Runs">Runs that halted there, of all runs.</param>
public sealed record StageFailures(Stage Stage, int Halts, int Runs, int Of)
{
    public static IReadOnlyList<StageFailures> From(IReadOnlyList<RunFact> runs) =>
    [
        .. from stage in Enum.GetValues<Stage>()
           let halted = runs.Select(run => run.Halts.Count(halt => halt.Stage == stage)).Where(halts => halts > 0).ToList()
           select new StageFailures(stage, halted.Sum(), halted.Count, runs.Count),
    ];

    /// <summary>Null while nothing halted.</summary>
    public static string? Sentence(IReadOnlyList<StageFailures> stages)
    {
        var (all, cheap) = (stages.Sum(stage => stage.Halts), stages.Where(stage => stage.Stage < Stage.Execute).Sum(stage => stage.Halts));
        return all == 0 ? null : $"{cheap} of {Words.Count(all, "halt")} came before anything was touched, where it is cheap; {all - cheap} in Execute or after it.";
    }
}
