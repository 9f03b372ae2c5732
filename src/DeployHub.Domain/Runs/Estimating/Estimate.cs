namespace DeployHub.Domain.Runs.Estimating;

/// <summary>How long a phase takes, its soak included, and people's decisions not.</summary>
public sealed record PhaseEstimate(Stage Stage, int Phase, TimeSpan Half, TimeSpan Most);

/// <summary>
/// How long a run takes that has not begun, put together of its steps: those of a target follow each other, targets of a phase go on
/// beside each other as far as workers have hands, phases follow each other. What waits for people or for time to pass holds no hand.
/// </summary>
public sealed record Estimate(IReadOnlyList<PhaseEstimate> Phases)
{
    public TimeSpan Half => Sum(Phases.Select(phase => phase.Half));

    public TimeSpan Most => Sum(Phases.Select(phase => phase.Most));

    /// <summary>For what is told by past runs otherwise.</summary>
    /// <param name="runs">How many past runs were measured.</param>
    public Projection AsProjection(int runs) => new(Half, Most, Half, Most, runs);

    /// <param name="timeOf">How long a step takes; null for one that will not be done.</param>
    /// <param name="handsOf">How many target runs the workers of a pool take at once; zero when none is there to say so.</param>
    public static Estimate Of(Run run, Func<TargetRun, StepRun, StepTime?> timeOf, Func<string?, int> handsOf)
    {
        var parts = run.TargetRuns.Where(targetRun => targetRun.Status is not TargetRunStatus.Unchanged).ToLookup(targetRun => (targetRun.Stage, targetRun.Phase, targetRun.Part));
        TimeSpan LengthOf(Stage stage, PhaseRun phase, Func<StepTime, TimeSpan> measure) =>
            WorkOf(parts[(stage, phase.Number, PhasePart.Work)], measure) + WorkOf(parts[(stage, phase.Number, PhasePart.Switch)], measure) + phase.Soak; // what observes does so while it soaks

        TimeSpan WorkOf(IEnumerable<TargetRun> targetRuns, Func<StepTime, TimeSpan> measure) =>
            targetRuns.GroupBy(targetRun => targetRun.Pool).Select(pool => InTurns([.. pool.Select(targetRun => LoadOf(targetRun, timeOf, measure))], handsOf(pool.Key))).DefaultIfEmpty().Max();

        return new Estimate(
        [
            .. from stage in run.Stages
               from phase in stage.Phases
               select new PhaseEstimate(stage.Stage, phase.Number, LengthOf(stage.Stage, phase, time => time.Half), LengthOf(stage.Stage, phase, time => time.Most)),
        ]);
    }

    /// <summary>What one target run needs: of a worker's hand, and of time alone.</summary>
    private readonly record struct Load(TimeSpan Held, TimeSpan Waited);

    private static Load LoadOf(TargetRun targetRun, Func<TargetRun, StepRun, StepTime?> timeOf, Func<StepTime, TimeSpan> measure)
    {
        var (held, waited) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var together in targetRun.Steps.GroupBy(step => step.Group ?? -step.Number))
        {
            var longest = together.Select(step => (Step: step, Time: timeOf(targetRun, step) is { } time ? measure(time) : TimeSpan.Zero)).MaxBy(one => one.Time);
            if (longest.Step.Settings.WaitsForOthers || longest.Step.Settings is Models.Steps.Wait) waited += longest.Time;
            else held += longest.Time;
        }

        return new Load(held, waited);
    }

    /// <summary>As many rounds as the hands need, each as long as the longest in it can be.</summary>
    private static TimeSpan InTurns(List<Load> loads, int hands)
    {
        var rounds = hands == 0 ? 1 : (loads.Count + hands - 1) / hands;
        return rounds * loads.Max(load => load.Held) + loads.Max(load => load.Waited);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span);
}
