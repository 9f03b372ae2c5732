namespace DeployHub.Domain.Runs;

/// <summary>How long a run takes by those before it: half took at most <paramref name="Half"/>, 85 of 100 at most <paramref name="Most"/>.</summary>
/// <param name="Left">What half would still need from now on; null when it is not moving.</param>
/// <param name="LeftAtMost">What 85 of 100 would still need.</param>
/// <param name="Runs">How many past runs say so.</param>
public sealed record Projection(TimeSpan Half, TimeSpan Most, TimeSpan? Left, TimeSpan? LeftAtMost, int Runs)
{
    /// <summary>Fewer past runs say nothing.</summary>
    public const int FewestRuns = 3;

    /// <summary>What one past run took in each stage, and for how many targets.</summary>
    public sealed record PastRun(int Targets, IReadOnlyDictionary<Stage, TimeSpan> Took);

    /// <summary>A stage of the run that is projected: over, under way since an instant, or to come.</summary>
    public sealed record Progress(Stage Stage, DateTimeOffset? BeganAt, DateTimeOffset? EndedAt);

    /// <summary>
    /// Stage by stage: what is over counts as what it took, the one under way by what it usually takes beyond what has passed. Where a stage
    /// works on targets its time is scaled to their number. Null when fewer than <see cref="FewestRuns"/> can say.
    /// </summary>
    public static Projection? Of(IReadOnlyCollection<PastRun> past, int targets, IReadOnlyList<Progress> stages, bool isMoving, DateTimeOffset now)
    {
        if (past.Count < FewestRuns || targets == 0) return null;

        TimeSpan Usual(PastRun run, Stage stage) =>
            run.Took.GetValueOrDefault(stage) * (stage is Stage.VerifyComponents || run.Targets == 0 ? 1 : (double)targets / run.Targets);
        TimeSpan Rest(PastRun run, Progress stage) => stage switch
        {
            { EndedAt: not null } => TimeSpan.Zero,
            { BeganAt: { } began } => Usual(run, stage.Stage) - (now - began) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero,
            _ => Usual(run, stage.Stage),
        };

        var whole = past.Select(run => Sum(stages.Select(stage => Usual(run, stage.Stage)))).Order().ToList();
        var rest = past.Select(run => Sum(stages.Select(stage => Rest(run, stage)))).Order().ToList();
        return new Projection(At(whole, .5), At(whole, .85), isMoving ? At(rest, .5) : null, isMoving ? At(rest, .85) : null, past.Count);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span);

    /// <summary>The smallest value that at least this share does not exceed.</summary>
    internal static TimeSpan At(List<TimeSpan> ordered, double share) => ordered[Math.Clamp((int)Math.Ceiling(share * ordered.Count) - 1, 0, ordered.Count - 1)];
}
