namespace DeployHub.Domain.Runs;

/// <summary>Something that has to happen to a run: a closed family.</summary>
public abstract record NextMove
{
    private NextMove() { }

    public sealed record TakeUp : NextMove;

    public sealed record BeginStage(Stage Stage) : NextMove;

    /// <summary>One Execute per environment and component: only the database can say whether it is free.</summary>
    public sealed record ObtainLocks : NextMove;

    public sealed record BeginPhase(Stage Stage, PhaseRun Phase) : NextMove;

    /// <summary>Lets workers take these.</summary>
    public sealed record Release(IReadOnlyList<TargetRun> TargetRuns) : NextMove;

    public sealed record PassPhase(Stage Stage, PhaseRun Phase) : NextMove;

    public sealed record PassStage(Stage Stage) : NextMove;

    public sealed record Wait(WaitingReason Reason, string Sentence) : NextMove;

    public sealed record Resume : NextMove;

    public sealed record HaltRun(HaltCause Cause, string Sentence, Stage Stage, int Phase, string? Step, IReadOnlyList<string> Subjects) : NextMove;

    public sealed record Succeed : NextMove;

    public sealed record CompleteRollback : NextMove;
}
