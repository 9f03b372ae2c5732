namespace DeployHub.Domain.Runs;

/// <summary>Something that has to happen to a run: a closed family.</summary>
public abstract record NextMove
{
    private NextMove() { }

    public sealed record TakeUp : NextMove;

    public sealed record BeginStage(Stage Stage) : NextMove;

    /// <summary>One Execute per environment and component: only the database can say whether it is free.</summary>
    public sealed record ObtainLocks : NextMove;

    /// <summary>Whether the phase may begin at all: only what lies outside the run can say it.</summary>
    public sealed record CheckGates(PhaseRun Phase) : NextMove;

    public sealed record BeginPhase(Stage Stage, PhaseRun Phase) : NextMove;

    /// <summary>Lets workers take these.</summary>
    public sealed record Release(IReadOnlyList<TargetRun> TargetRuns) : NextMove;

    /// <summary>Enough others have succeeded: these have not fetched and are left for later.</summary>
    public sealed record DeferRest(IReadOnlyList<TargetRun> TargetRuns) : NextMove;

    /// <summary>Its work is done: observe it.</summary>
    public sealed record Soak(Stage Stage, PhaseRun Phase) : NextMove;

    /// <summary>A person has to let the next phase begin.</summary>
    public sealed record AskPromotion(Stage Stage, PhaseRun Phase, string Sentence) : NextMove;

    public sealed record PassPhase(Stage Stage, PhaseRun Phase) : NextMove;

    public sealed record PassStage(Stage Stage) : NextMove;

    public sealed record Wait(WaitingReason Reason, string Sentence) : NextMove;

    public sealed record Resume : NextMove;

    /// <param name="RollsBack">The model says that the run shall roll itself back (OnBreach).</param>
    public sealed record HaltRun(HaltCause Cause, string Sentence, Stage Stage, int Phase, string? Step, IReadOnlyList<string> Subjects, bool RollsBack = false) : NextMove;

    /// <summary>The halt asks for it: only who knows the model can say what leads back.</summary>
    public sealed record PlanRollback : NextMove;

    public sealed record Succeed : NextMove;

    public sealed record CompleteRollback : NextMove;
}
