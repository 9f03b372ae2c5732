using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What a person decides about a halt, and found out about it.</summary>
/// <param name="Remedy">What was fixed outside or done by hand, and where that is recorded; <see cref="ResolutionChoice.FixAndRecheck"/> and <see cref="ResolutionChoice.ContinueManually"/> need it.</param>
/// <param name="Waiver"><see cref="ResolutionChoice.AcceptWithWaiver"/> needs it.</param>
/// <param name="SupersededBy">Number of the deployment that fixes it; <see cref="ResolutionChoice.RollForward"/> needs it.</param>
public sealed record Decision(
    CauseClass CauseClass, string Diagnosis, Actor By, DateTimeOffset At, bool ShouldModelChange = false, string? Remedy = null, Waiver? Waiver = null, string? SupersededBy = null)
{
    /// <summary>What the model decided beforehand about a breach, or about a slot that is over (domain §2.5 OnBreach, §2.4.6 AtWindowEnd).</summary>
    public static Decision ByModel(Halt halt, DateTimeOffset at) => halt.Cause is HaltCause.WindowOverrun
        ? new(CauseClass.Planning, $"The model rolls back when the slot is over. {halt.Sentence}", Actor.System, at)
        : new(CauseClass.Component, $"The model rolls back on a breach. {halt.Sentence}", Actor.System, at);
}

/// <summary>The resolutions of domain §2.4.4 and their guards.</summary>
public sealed partial class Run
{
    private const int MaxHumanRetries = 5;

    /// <summary>Runs the failed steps again, unchanged; a run that a person stopped just goes on.</summary>
    public Result Retry(Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;

        var failed = FailedHere();
        if (failed.Count == 0 && OpenHalt!.Phase > 0) return RunErrors.NothingToRetry;
        if (failed.Any(targetRun => targetRun.FailedSteps.Any(step => step.HumanRetries >= MaxHumanRetries))) return RunErrors.TooManyRetries;

        return Continue(ResolutionChoice.Retry, decision, failed, targetRun => RunAgain(targetRun, decision));
    }

    /// <summary>Something outside the run was fixed: the failed steps and checks run again.</summary>
    public Result FixAndRecheck(Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(decision.Remedy)) return RunErrors.RemedyMissing;
        if (FailedHere().Count == 0 && !OpenHalt!.IsAtGate) return RunErrors.NothingToRetry;

        return Continue(ResolutionChoice.FixAndRecheck, decision, FailedHere(), targetRun => RunAgain(targetRun, decision));
    }

    /// <summary>A person did the failed step by hand; the steps after it follow.</summary>
    public Result ContinueManually(Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (OpenHalt!.Stage is not Stage.Execute || FailedHere().Count == 0 || FailedHere().Exists(targetRun => targetRun.Part is PhasePart.Watch)) return RunErrors.StepNotByHand;
        if (FailedHere().Exists(targetRun => targetRun.FailedSteps.Any(step => step.Settings is Accept))) return RunErrors.AcceptanceNotByHand;
        if (string.IsNullOrWhiteSpace(decision.Remedy)) return RunErrors.HandiworkMissing;
        if (IsLive && decision.By.Is(Operator)) return RunErrors.SecondPersonNeeded;

        return Continue(ResolutionChoice.ContinueManually, decision, FailedHere(), targetRun => PassOver(targetRun, "done by hand", decision));
    }

    /// <summary>A target failed. A switch or a check that observes stands for all of them and is never left out.</summary>
    public bool MayExcludeTargets => OpenHalt is { WasRollingBack: false, Stage: not Stage.VerifyComponents } && FailedTargets().Count > 0;

    /// <summary>Leaves failed targets out of this run.</summary>
    /// <param name="maxPercent">How much of all targets a practitioner may leave out.</param>
    /// <param name="mayExceed">The decider is a deployment manager.</param>
    public Result ExcludeTargets(IReadOnlyList<string> names, int maxPercent, bool mayExceed, Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (!MayExcludeTargets) return RunErrors.NotAllowedFor(ResolutionChoice.ExcludeTargets, OpenHalt!.Cause);
        if (names.Count == 0) return RunErrors.TargetsNotNamed;

        var failed = FailedTargets();
        if (names.FirstOrDefault(name => failed.All(targetRun => targetRun.Subject != name)) is { } stranger) return RunErrors.NotFailed(stranger);
        var (excluded, all) = (DeferredTargets().Union(names).Count(), In(Stage.VerifyEnvironment, 1).Count());
        if (excluded >= all) return RunErrors.NoTargetWouldRemain;
        if (excluded * 100 > maxPercent * all && !mayExceed) return RunErrors.TooManyExcluded(excluded * 100 / all, maxPercent);

        return Continue(ResolutionChoice.ExcludeTargets, decision, [.. failed.Where(targetRun => names.Contains(targetRun.Subject))], targetRun =>
        {
            Move(targetRun, TargetRunTrigger.Defer, decision.By, decision.At);
            DeferLater(targetRun, decision.By, decision.At);
        });
    }

    /// <summary>Returns every touched target to its baseline, in phases appended to Execute. Needs no approval (safety first).</summary>
    /// <param name="plan">As <see cref="Expansion.RollBack"/> made it.</param>
    public Result RollBack(RollbackPlan plan, Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (OpenHalt!.WasRollingBack) return RunErrors.NotAllowedFor(ResolutionChoice.RollBack, OpenHalt.Cause);
        if (!HasSomethingToReturn) return RunErrors.NothingTouched;

        var execute = Of(Stage.Execute);
        execute.Phases = [.. execute.Phases, .. plan.Phases];
        Add(plan.TargetRuns);
        var targets = plan.TargetRuns.Where(targetRun => targetRun.TargetId is not null).Select(targetRun => targetRun.Subject).ToList();
        Settle(ResolutionChoice.RollBack, decision, targets);
        CallOffObservation(decision.By, decision.At);
        foreach (var asked in _targetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson)) Move(asked, TargetRunTrigger.NeverStart, decision.By, decision.At);
        DueAt = decision.At;
        return Move(RunTrigger.RollBack, $"{decision.By.Name} rolls back {(targets.Count == 0 ? "the switch of the traffic" : Words.Count(targets.Count, "target"))}.", decision.By, decision.At);
    }

    /// <summary>The model wants a rollback on a breach and there is none: the halt stays for people, and says why.</summary>
    public void CannotRollBackItself(Error cannot, DateTimeOffset at)
    {
        var halt = OpenHalt!;
        (halt.RollsBack, halt.AutomaticAction) = (false, $"The automatic rollback was not possible: {cannot.Message}");
        Append($"halt:{halt.Number}", "Open", halt.AutomaticAction, Actor.System, at);
    }

    /// <summary>Stops for good and leaves everything as it is.</summary>
    public Result Abandon(Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;

        return EndEarly(ResolutionChoice.Abandon, decision, $"{decision.By.Name} abandoned the run: {decision.Diagnosis}");
    }

    /// <summary>Ends this run and leaves the targets as they are: another deployment, linked to this one, fixes it.</summary>
    public Result RollForward(Decision decision)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(decision.SupersededBy)) return RunErrors.SuccessorMissing;

        return EndEarly(ResolutionChoice.RollForward, decision, $"{decision.By.Name} rolls forward by {decision.SupersededBy}: {decision.Diagnosis}");
    }

    /// <summary>Ends this run before anything was touched; the deployment waits for another slot and another run.</summary>
    public Result Postpone(Decision decision) => EndUntouched(ResolutionChoice.Postpone, decision, $"{decision.By.Name} postponed the deployment: {decision.Diagnosis}");

    /// <summary>Ends this run before anything was touched, because another version is needed; the deployment is planned again.</summary>
    public Result ReplaceComponent(Decision decision) => EndUntouched(ResolutionChoice.ReplaceComponent, decision, $"{decision.By.Name} will replace a component: {decision.Diagnosis}");

    /// <summary>Nothing is different on any target from before the run.</summary>
    public bool IsUntouched => !_targetRuns.Exists(targetRun => targetRun.IsTouched);

    /// <summary>What ended the run early; null while it is not over, and when it came to its own end.</summary>
    public ResolutionChoice? EndedBy => Status is RunStatus.Ended ? Halts[^1].Resolution!.Choice : null;

    /// <summary>The traffic may have been shifted.</summary>
    public bool HasSwitched => _targetRuns.Exists(targetRun => targetRun is { Part: PhasePart.Switch, IsTouched: true });

    /// <summary>A worker is changing something, or may be.</summary>
    public bool IsUnderWay => _targetRuns.Exists(targetRun => targetRun is { IsUnderWay: true, Part: not PhasePart.Watch });

    /// <summary>The number of the first phase that a rollback would append.</summary>
    public int NextPhaseNumber => Of(Stage.Execute).Phases.Count + 1;

    /// <summary>Targets that Execute may have changed, grouped by their phase, the last phase first.</summary>
    public IReadOnlyList<IReadOnlyList<TargetId>> TouchedByPhase() =>
        [.. TargetRuns.Where(targetRun => targetRun is { IsTouched: true, TargetId: not null } && !Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback)
            .GroupBy(targetRun => targetRun.Phase).OrderByDescending(phase => phase.Key)
            .Select(phase => phase.Select(targetRun => targetRun.TargetId!.Value).ToList())];

    /// <summary>A target may have been changed, or the traffic was shifted.</summary>
    public bool HasSomethingToReturn => HasSwitched || TouchedByPhase().Count > 0;

    private Result EndUntouched(ResolutionChoice choice, Decision decision, string text)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (!IsUntouched) return RunErrors.AlreadyTouched(choice, _targetRuns.Where(targetRun => targetRun.IsTouched).Select(targetRun => targetRun.Subject).Distinct());

        return EndEarly(choice, decision, text);
    }

    private Result EndEarly(ResolutionChoice choice, Decision decision, string text)
    {
        Settle(choice, decision, []);
        CallOffObservation(decision.By, decision.At);
        NeverStartTheRest(decision.At);
        DueAt = null;
        return Move(RunTrigger.End, text, decision.By, decision.At);
    }

    private void PassOver(TargetRun targetRun, string how, Decision decision)
    {
        var failed = targetRun.FailedSteps.ToList();
        foreach (var step in failed) Become(targetRun, step, StepStatus.SkippedByResolution, decision.By, decision.At, $"{targetRun.Subject}: {how}{(failed.Count == 1 ? "" : $" (“{step.Name}”)")}");
        CleanUpAgain(targetRun, failed, decision);
        PassOverUnneeded(targetRun, decision.At);
        Move(targetRun, targetRun.CurrentStep is null ? TargetRunTrigger.Succeed : TargetRunTrigger.Release, decision.By, decision.At);
        if (targetRun.Status is TargetRunStatus.Succeeded) Observe(targetRun);
    }

    private void RunAgain(TargetRun targetRun, Decision decision)
    {
        var failed = targetRun.FailedSteps.ToList();
        foreach (var step in failed)
        {
            step.HumanRetries++;
            Become(targetRun, step, StepStatus.Pending, decision.By, decision.At, $"{targetRun.Subject}: “{step.Name}” is run again");
        }

        CleanUpAgain(targetRun, failed, decision);
        Move(targetRun, TargetRunTrigger.Release, decision.By, decision.At);
    }

    /// <summary>What cleaned up after the failure has its turn again, because the steps before it go on.</summary>
    private void CleanUpAgain(TargetRun targetRun, List<StepRun> failed, Decision decision)
    {
        var first = failed.MinBy(step => step.Number)!;
        foreach (var step in targetRun.Steps.Where(step => step.Number > first.Number && !step.IsBeside(first) && !failed.Contains(step) && step.Runs is not StepRuns.OnSuccess && step.Status is not StepStatus.Pending))
            Become(targetRun, step, StepStatus.Pending, decision.By, decision.At);
    }

    /// <summary>Checks that still look have nothing to look at any more, and what was available is withdrawn; neither changes anything, so none is waited for.</summary>
    private void CallOffObservation(Actor by, DateTimeOffset at)
    {
        foreach (var watch in _targetRuns.Where(targetRun => targetRun is { Part: PhasePart.Watch, IsUnderWay: true } or { IsAvailable: true }))
            Move(watch, TargetRunTrigger.CallOff, by, at);
    }

    private Error? Refusal(Decision decision)
    {
        if (OpenHalt is null) return RunErrors.NotHalted;
        if (string.IsNullOrWhiteSpace(decision.Diagnosis)) return RunErrors.DiagnosisMissing;

        var underWay = _targetRuns.Where(targetRun => targetRun is { IsUnderWay: true, Part: not PhasePart.Watch }).Select(targetRun => targetRun.Subject).ToList();
        return underWay.Count > 0 ? RunErrors.StillUnderWay(underWay) : null;
    }

    private List<TargetRun> FailedHere() =>
        [.. OpenHalt!.Phase == 0 ? [] : In(OpenHalt.Stage, OpenHalt.Phase).Where(targetRun => targetRun.Status is TargetRunStatus.Failed)];

    private List<TargetRun> FailedTargets() => [.. FailedHere().Where(targetRun => targetRun.TargetId is not null)];

    private Result Continue(ResolutionChoice choice, Decision decision, IReadOnlyList<TargetRun> targetRuns, Action<TargetRun> settle)
    {
        var halt = OpenHalt!;
        ExtendDeadlines(halt, decision.At);
        Settle(choice, decision, [.. targetRuns.Select(targetRun => targetRun.Subject)]);
        foreach (var targetRun in targetRuns) settle(targetRun);
        if (Of(halt.Stage).Status is StageStatus.Failed) Move(Of(halt.Stage), StageTrigger.Continue, decision.At);
        if (halt.Phase > 0 && Of(halt.Stage).Phases[halt.Phase - 1] is { Status: PhaseStatus.Failed } phase) ContinuePhase(halt.Stage, phase, choice, decision.At);

        DueAt = decision.At;
        return Move(halt.WasRollingBack ? RunTrigger.RollBack : RunTrigger.Continue, $"{decision.By.Name}: {Words.Of(choice)}.", decision.By, decision.At);
    }

    /// <summary>What is run again is observed anew.</summary>
    private void ContinuePhase(Stage stage, PhaseRun phase, ResolutionChoice choice, DateTimeOffset at)
    {
        if (choice is ResolutionChoice.Retry or ResolutionChoice.FixAndRecheck) (phase.SoaksUntil, phase.AskedAt) = (null, null);
        Move(stage, phase, PhaseTrigger.Continue, at);
    }

    private void Settle(ResolutionChoice choice, Decision decision, IReadOnlyList<string> targets)
    {
        var halt = OpenHalt!;
        halt.Resolution = new Resolution(choice, decision.CauseClass, decision.Diagnosis, decision.By, decision.At, targets, decision.ShouldModelChange, decision.Remedy, decision.Waiver, decision.SupersededBy);
        Append($"halt:{halt.Number}", choice.ToString(), decision.Diagnosis, decision.By, decision.At);
    }

    private IEnumerable<string> DeferredTargets() =>
        _targetRuns.Where(targetRun => targetRun is { Status: TargetRunStatus.Deferred, TargetId: not null }).Select(targetRun => targetRun.Subject);

    /// <summary>A target that was left out once is left out of every later stage and phase.</summary>
    private void DeferLater(TargetRun left, Actor by, DateTimeOffset at)
    {
        foreach (var later in TargetRuns.Where(targetRun => targetRun is { TargetId: not null, Status: TargetRunStatus.Pending } && targetRun.TargetId == left.TargetId))
            Move(later, TargetRunTrigger.Defer, by, at);
    }
}
