using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>
/// One attempt to execute a deployment's approved plan. The driver asks <see cref="NextMoves"/> what has to happen and makes it happen
/// through these methods; people halt and resolve. Every change of a state is checked against its table and appends one event.
/// </summary>
public sealed partial class Run
{
    private readonly List<TargetRun> _targetRuns = [];
    private IReadOnlyList<TargetRun> _inOrder = [];
    private readonly List<RunEvent> _newEvents = [];
    private readonly List<Observation> _observations = [];

    private Run() { }

    public RunId Id { get; private init; }

    public DeploymentId DeploymentId { get; private init; }

    /// <summary>From 1 within its deployment: R1, R2 ….</summary>
    public int Number { get; private init; }

    /// <summary>Such as <c>DEP-2026-000123/R1</c>.</summary>
    public string Name { get; private init; } = "";

    public EnvironmentId EnvironmentId { get; private init; }

    /// <summary>Whether the environment is live: some resolutions then need a second person.</summary>
    public bool IsLive { get; private init; }

    public RunStatus Status { get; private set; }

    public WaitingReason? WaitingFor { get; private set; }

    /// <summary>Who or what it waits for, in a sentence.</summary>
    public string? WaitingSentence { get; private set; }

    /// <summary>Who has it in hand: whoever started it or took it over.</summary>
    public Actor Operator { get; private set; } = Actor.System;

    public DateTimeOffset QueuedAt { get; private init; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the driver must look again; null when only a person can move it, or it is over.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public IReadOnlyList<MovedVersion> Versions { get; private init; } = [];

    public IReadOnlyList<StageRun> Stages { get; private init; } = [];

    public IReadOnlyList<Halt> Halts { get; private set; } = [];

    /// <summary>What was on the targets when the lock was obtained; null before.</summary>
    public IReadOnlyList<Baseline>? Baselines { get; private set; }

    /// <summary>How many events it has; their numbers have no gaps.</summary>
    public int EventCount { get; private set; }

    // A database returns rows in any order it likes; their ordinal is the truth. They are only ever added.
    public IReadOnlyList<TargetRun> TargetRuns => _inOrder.Count == _targetRuns.Count ? _inOrder : _inOrder = [.. _targetRuns.OrderBy(targetRun => targetRun.Ordinal)];

    public Halt? OpenHalt => Halts.Count > 0 && Halts[^1].IsOpen ? Halts[^1] : null;

    /// <summary>What people have to do now, in a sentence; null when nothing, or while all of it rests because the run is halted.</summary>
    public string? TasksSentence
    {
        get
        {
            var forPeople = OpenHalt is null ? TargetRuns.Where(targetRun => targetRun is { Status: TargetRunStatus.WaitingForPerson, AwaitsReaders: false }).ToList() : [];
            if (forPeople.Count == 0) return ReadersSentence;

            var (step, isReported) = (forPeople[0].CurrentStep!.Name, IsReported(forPeople[0]));
            var alike = forPeople.Where(targetRun => targetRun.CurrentStep!.Name == step && IsReported(targetRun) == isReported).Select(targetRun => targetRun.Subject);
            return $"A {(isReported ? "second person has to confirm" : "person has to do")} “{step}” on {Words.List(alike)}.";
        }
    }

    private static bool IsReported(TargetRun targetRun) => targetRun.CurrentStep!.ToBeConfirmed is not null;

    public bool IsOver => RunMoves.Run.IsFinal(Status);

    public bool IsRollingBack => Status is RunStatus.RollingBack;

    public bool HasWaiver => Stages.Any(stage => stage.Status is StageStatus.PassedWithWaiver);

    public StageRun Of(Stage stage) => Stages[(int)stage];

    public IEnumerable<TargetRun> In(Stage stage, int phase) => TargetRuns.Where(targetRun => targetRun.Stage == stage && targetRun.Phase == phase);

    public static Run Start(
        DeploymentId deployment, int number, string name, EnvironmentId environment, bool isLive,
        IReadOnlyList<MovedVersion> versions, Expansion expansion, Actor by, DateTimeOffset at)
    {
        var run = new Run
        {
            Id = RunId.New(),
            DeploymentId = deployment,
            Number = number,
            Name = name,
            EnvironmentId = environment,
            IsLive = isLive,
            Operator = by,
            QueuedAt = at,
            DueAt = at,
            Versions = versions,
            Stages = expansion.Stages,
            FailAt = expansion.FailAt,
        };
        run.Add(expansion.TargetRuns);
        run.Append(RunEvent.OfRun, nameof(RunStatus.Queued), $"{by.Name} started the run.", by, at);
        return run;
    }

    /// <summary>To look at a run whose target runs were read apart from it.</summary>
    public Run With(IEnumerable<TargetRun> targetRuns)
    {
        Add(targetRuns);
        return this;
    }

    /// <summary>What happened since the run was loaded, to be stored with it.</summary>
    public IReadOnlyList<RunEvent> TakeNewEvents() => Take(_newEvents);

    /// <summary>What succeeded on targets since the run was loaded, to be stored with it.</summary>
    public IReadOnlyList<Observation> TakeObservations() => Take(_observations);

    private void Add(IEnumerable<TargetRun> targetRuns)
    {
        foreach (var targetRun in targetRuns)
        {
            targetRun.RunId = Id;
            _targetRuns.Add(targetRun);
        }
    }

    private void Append(string subject, string became, string text, Actor by, DateTimeOffset at) =>
        _newEvents.Add(RunEvent.Of(Id, ++EventCount, subject, became, text, by, at));

    private static T[] Take<T>(List<T> list)
    {
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }

    /// <summary>A move that the engine makes for itself: a refusal would be a bug, not news for a person.</summary>
    private static void Must(Result result)
    {
        if (result.Error is { } refusal) throw new InvalidOperationException($"The run refused its own move: {refusal.Message}");
    }

    private Result Move(RunTrigger on, string text, Actor by, DateTimeOffset at)
    {
        var next = RunMoves.Run.Next(Status, on);
        if (next.Error is { } refusal) return refusal;

        Status = next.Value;
        if (Status is not RunStatus.Waiting) (WaitingFor, WaitingSentence) = (null, null);
        if (IsOver) EndedAt = at;
        Append(RunEvent.OfRun, Status.ToString(), text, by, at);
        return Result.Success;
    }

    private void Move(StageRun stage, StageTrigger on, DateTimeOffset at, string text = "")
    {
        var next = RunMoves.Stage.Next(stage.Status, on);
        Must(next.Match(_ => Result.Success, Result.Failed));
        stage.Status = next.Value;
        if (on is StageTrigger.Begin) stage.BeganAt = at;
        if (stage.HasPassed) stage.EndedAt = at;
        Append($"stage:{stage.Stage}", stage.Status.ToString(), text, Actor.System, at);
    }

    private void Move(Stage stage, PhaseRun phase, PhaseTrigger on, DateTimeOffset at)
    {
        var next = RunMoves.Phase.Next(phase.Status, on);
        Must(next.Match(_ => Result.Success, Result.Failed));
        phase.Status = next.Value;
        if (on is PhaseTrigger.Begin) phase.BeganAt = at;
        if (phase.Status is PhaseStatus.Passed or PhaseStatus.RolledBack) phase.EndedAt = at;
        Append($"phase:{stage}/{phase.Number}", phase.Status.ToString(), phase.Name, Actor.System, at);
    }

    private void Move(TargetRun targetRun, TargetRunTrigger on, Actor by, DateTimeOffset at, string text = "")
    {
        var next = RunMoves.TargetRun.Next(targetRun.Status, on);
        Must(next.Match(_ => Result.Success, Result.Failed));
        targetRun.Status = next.Value;
        if (on is not TargetRunTrigger.Claim) (targetRun.LeaseUntil, targetRun.DueAt) = (null, null);
        if (on is TargetRunTrigger.Succeed or TargetRunTrigger.Fail or TargetRunTrigger.Defer) targetRun.EndedAt = at;
        if (on is TargetRunTrigger.Release)
            foreach (var waiting in targetRun.Steps.Where(step => step.Status is StepStatus.Pending)) waiting.DueAt = null; // the pause before a retry is over
        Append($"target:{targetRun.Id.Value}", targetRun.Status.ToString(), text.Length > 0 ? text : targetRun.Subject, by, at);
    }

    private void Become(TargetRun targetRun, StepRun step, StepStatus status, Actor by, DateTimeOffset at, string text = "")
    {
        (step.Status, step.DueAt) = (status, null);
        if (status is StepStatus.Pending) step.WhyNot = null;
        Append($"step:{targetRun.Id.Value}/{step.Number}", status.ToString(), text.Length > 0 ? text : $"{targetRun.Subject}: {step.Name}", by, at);
    }
}
