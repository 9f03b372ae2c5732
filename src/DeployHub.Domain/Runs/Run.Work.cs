using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Workers;

namespace DeployHub.Domain.Runs;

/// <summary>What workers take, report, lose and give back. Everything they say carries the fence of their claim.</summary>
public sealed partial class Run
{
    /// <summary>The pauses before automatic retries (domain Appendix A).</summary>
    private static readonly TimeSpan[] BackOff = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    /// <summary>
    /// Hands out up to <paramref name="hands"/> target runs, each with every step at hand that is due. The steps are marked as running before
    /// anybody touches the world, so that a lost worker shows. A halted run hands out only what is under way already.
    /// </summary>
    /// <param name="pools">What the worker serves; null for everything.</param>
    public IReadOnlyList<TargetRun> Claim(string worker, int hands, TimeSpan lease, DateTimeOffset at, Pools? pools = null)
    {
        var claimed = TargetRuns.Where(targetRun => CanHandOut(targetRun, at) && pools?.Serves(targetRun.Pool) is not false).Take(hands).ToList();
        foreach (var targetRun in claimed)
        {
            var due = targetRun.StepsDue(at).ToList();
            if (targetRun.Status is TargetRunStatus.Ready) Move(targetRun, TargetRunTrigger.Claim, Actor.System, at, $"{targetRun.Subject}: taken by {worker}.");
            targetRun.Fence++;
            (targetRun.Worker, targetRun.LeaseUntil, targetRun.DueAt, targetRun.BeganAt) = (worker, at + lease, null, targetRun.BeganAt ?? at);
            Take(targetRun, due, at);
        }

        if (claimed.Count > 0) DueAt = NextDue(at);
        return claimed;
    }

    /// <summary>
    /// Hands out what rests beside the steps that a worker has in its hands, and is due by now: nobody else can take it before the worker
    /// is through with them. Nothing when somebody else has the target run by now.
    /// </summary>
    public IReadOnlyList<StepRun> ClaimBeside(TargetRunId id, int fence, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { Status: TargetRunStatus.InProgress } || targetRun.Fence != fence || !targetRun.StepsHeld.Any()) return [];

        var due = targetRun.StepsDue(at).Where(step => !step.AwaitsPreparation).ToList();
        Take(targetRun, due, at);
        return due;
    }

    /// <summary>How many target runs the worker has in its hands.</summary>
    public int HandsOf(string worker) => _targetRuns.Count(targetRun => targetRun.LeaseUntil is not null && targetRun.Worker == worker);

    /// <summary>A worker of these pools with a free hand would get something.</summary>
    public bool HasWork(Pools pools, DateTimeOffset at) => _targetRuns.Exists(targetRun => CanHandOut(targetRun, at) && pools.Serves(targetRun.Pool));

    /// <summary>What a worker with a free hand would get, if it served the pool.</summary>
    public IEnumerable<TargetRun> WaitingForWorkers(DateTimeOffset at) => TargetRuns.Where(targetRun => CanHandOut(targetRun, at));

    /// <summary>The pools whose workers would get something.</summary>
    public IEnumerable<string> PoolsWithWork(DateTimeOffset at) => _targetRuns.Where(targetRun => CanHandOut(targetRun, at)).Select(targetRun => Pools.Named(targetRun.Pool)).Distinct();

    private bool CanHandOut(TargetRun targetRun, DateTimeOffset at) => IsInTurn(targetRun, at) && targetRun.StepsDue(at).Any() && !targetRun.StepsDue(at).Any(step => step.AwaitsPreparation);

    /// <summary>A step of it has its turn now.</summary>
    private bool IsInTurn(TargetRun targetRun, DateTimeOffset at) => targetRun.IsClaimable(at) && (OpenHalt is null || targetRun.IsUnderWay);

    /// <summary>A report on the step would still count: nobody else has the target run by now.</summary>
    public bool Awaits(TargetRunId id, int fence, int step) => HeldStep(id, fence, step) is not null;

    /// <summary>What a visit to a step came to. Refused with <c>run.stale-fence</c> when somebody else has the target run by now.</summary>
    /// <param name="lease">For how long the same worker may go on with what follows; null when it takes nothing more.</param>
    /// <returns>The steps with which the same worker goes on at once; none while it has others in its hands there, too.</returns>
    public Result<IReadOnlyList<StepRun>> Record(TargetRunId id, int fence, int step, StepOutcome outcome, TimeSpan? lease, DateTimeOffset at)
    {
        if (HeldStep(id, fence, step) is not var (targetRun, current)) return RunErrors.StaleFence;

        outcome = AsRehearsed(targetRun, current, current.Policy?.Judge(outcome, at) ?? outcome, at);
        switch (outcome)
        {
            case StepOutcome.StillRunning waiting:
                (current.Ticket, current.ReportedBy, current.DueAt) = (waiting.Ticket, waiting.ReportedBy, at + waiting.CheckAgainIn);
                Rest(targetRun, at);
                return NothingNext;
            case StepOutcome.NeedsPerson:
                Become(targetRun, current, StepStatus.WaitingForPerson, Actor.System, at);
                Move(targetRun, TargetRunTrigger.AskPerson, Actor.System, at);
                targetRun.DueAt = current.LastAttempt!.BeganAt + current.Timeout;
                AskReaders(targetRun, current, at);
                return NothingNext;
            case StepOutcome.Succeeded:
                current.EndAttempt(attempt => attempt with { EndedAt = at, Outcome = outcome });
                Become(targetRun, current, StepStatus.Succeeded, Actor.System, at, Said(targetRun, current));
                return GoOn(targetRun, lease, at);
            default:
                current.EndAttempt(attempt => attempt with { EndedAt = at, Outcome = outcome });
                return Fail(targetRun, current, outcome, lease, at);
        }
    }

    /// <summary>A worker that stops in good order: a step that it cannot finish counts as lost at once, not after the lease.</summary>
    public Result HandBack(TargetRunId id, int fence, int step, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == id);
        if (targetRun is not { Status: TargetRunStatus.InProgress } || targetRun.Fence != fence) return RunErrors.StaleFence;
        if (targetRun.StepsHeld.FirstOrDefault(held => held.Number == step) is not { } unfinished) return RunErrors.StaleFence;

        Lose(targetRun, [unfinished], at);
        return Result.Success;
    }

    private (TargetRun TargetRun, StepRun Step)? HeldStep(TargetRunId id, int fence, int step) =>
        _targetRuns.SingleOrDefault(candidate => candidate.Id == id) is { Status: TargetRunStatus.InProgress } targetRun && targetRun.Fence == fence
        && targetRun.StepsAtHand.FirstOrDefault(candidate => candidate.Number == step) is { Status: StepStatus.Running } current ? (targetRun, current) : null;

    private static Result<IReadOnlyList<StepRun>> NothingNext => Result<IReadOnlyList<StepRun>>.Succeeded([]);

    private void Take(TargetRun targetRun, List<StepRun> due, DateTimeOffset at)
    {
        foreach (var step in due)
        {
            if (step.Status is not StepStatus.Running) BeginStep(targetRun, step, at);
            step.DueAt = null;
        }
    }

    private void BeginStep(TargetRun targetRun, StepRun step, DateTimeOffset at)
    {
        var isProbe = step.Status is StepStatus.Unknown;
        step.Attempts = [.. step.Attempts, new Attempt(step.Attempts.Count + 1, at, targetRun.Worker ?? "") { IsProbe = isProbe }];
        (step.Ticket, step.ReportedBy, step.Reported, step.IsPrepared) = (null, null, null, false);
        Become(targetRun, step, StepStatus.Running, Actor.System, at, isProbe ? $"{targetRun.Subject}: looking whether “{step.Name}” happened" : "");
    }

    private Result<IReadOnlyList<StepRun>> GoOn(TargetRun targetRun, TimeSpan? lease, DateTimeOffset at)
    {
        PassOverUnneeded(targetRun, at);
        if (targetRun.StepsHeld.Any() || EndIfOver(targetRun, at)) return NothingNext;

        var due = targetRun.StepsDue(at).ToList();
        if (due.Count == 0 || due.Exists(step => step.AwaitsPreparation) || (lease is null && IsGoingOnByItself(targetRun)))
        {
            Rest(targetRun, at); // still under way, so that a halt lets it finish
            return NothingNext;
        }

        if (lease is null)
        {
            GiveBack(targetRun, at);
            return NothingNext;
        }

        Take(targetRun, due, at);
        targetRun.LeaseUntil = at + lease;
        return due;
    }

    /// <summary>Its worker lets go of it, until a step is due, unless it has others in its hands there.</summary>
    private static void Rest(TargetRun targetRun, DateTimeOffset at)
    {
        if (targetRun.StepsHeld.Any()) return;

        (targetRun.LeaseUntil, targetRun.DueAt) = (null, targetRun.StepsAtHand.Min(step => step.DueAt ?? at));
    }

    private static bool IsGoingOnByItself(TargetRun targetRun) => targetRun.StepsAtHand.Any(step => step.Status is StepStatus.Running);

    /// <summary>No step is left to do.</summary>
    private bool EndIfOver(TargetRun targetRun, DateTimeOffset at)
    {
        if (targetRun.CurrentStep is not null) return false;

        Move(targetRun, targetRun.FailedStep is null ? TargetRunTrigger.Succeed : TargetRunTrigger.Fail, Actor.System, at);
        if (targetRun.Status is TargetRunStatus.Succeeded) Observe(targetRun);
        return true;
    }

    /// <summary>What was only for a failure has no turn when none came.</summary>
    private void PassOverUnneeded(TargetRun targetRun, DateTimeOffset at)
    {
        while (targetRun is { FailedStep: null, CurrentStep: { Runs: StepRuns.OnFailure } unneeded }) Become(targetRun, unneeded, StepStatus.NotApplicable, Actor.System, at);
    }

    private Result<IReadOnlyList<StepRun>> Fail(TargetRun targetRun, StepRun step, StepOutcome outcome, TimeSpan? lease, DateTimeOffset at)
    {
        if (step.LastAttempt!.IsProbe)
        {
            Become(targetRun, step, StepStatus.Pending, Actor.System, at, $"{targetRun.Subject}: “{step.Name}” has not happened");
            return GoOn(targetRun, lease, at);
        }

        var triesAgain = step.Retries > step.Attempts.Count(attempt => attempt is { WasLost: false, IsProbe: false }) - 1 - step.HumanRetries;
        if (triesAgain && step.WhenLost is AfterLoss.RunAgain)
        {
            Become(targetRun, step, StepStatus.Pending, Actor.System, at, $"{targetRun.Subject}: “{step.Name}” failed and is tried again{(targetRun.FailedStep is null || step.Runs is not StepRuns.OnSuccess ? "" : " when the run goes on")}: {step.Trouble()}");
            step.DueAt = at + BackOff[Math.Min(step.Attempts.Count, BackOff.Length) - 1];
            return GoOn(targetRun, lease, at);
        }

        var became = step.IfItFails is IfItFails.GoOn ? StepStatus.Tolerated : outcome is StepOutcome.TimedOut ? StepStatus.TimedOut : StepStatus.Failed;
        Become(targetRun, step, became, Actor.System, at, $"{targetRun.Subject}: {step.Trouble()}");
        return GoOn(targetRun, lease, at);
    }

    private void NoticeLostWorkers(DateTimeOffset at)
    {
        foreach (var targetRun in TargetRuns.Where(targetRun => targetRun.IsLost(at))) Lose(targetRun, [.. targetRun.StepsHeld], at);
    }

    /// <summary>CR-3: a step found running without its worker is run again, probed, or asked about. Never a silent second time.</summary>
    private void Lose(TargetRun targetRun, IReadOnlyList<StepRun> lost, DateTimeOffset at)
    {
        foreach (var step in lost)
        {
            step.EndAttempt(attempt => attempt with { EndedAt = at, WasLost = true });
            Become(targetRun, step, StepStatus.Unknown, Actor.System, at, $"{targetRun.Subject}: worker {targetRun.Worker} was lost while “{step.Name}” ran");
            if (step is { AsksPerson: false, WhenLost: AfterLoss.RunAgain }) Become(targetRun, step, StepStatus.Pending, Actor.System, at);
        }

        if (targetRun.StepsHeld.Any() || EndIfOver(targetRun, at)) return;

        if (IsGoingOnByItself(targetRun))
        {
            Rest(targetRun, at);
            return;
        }

        GiveBack(targetRun, at);
    }

    /// <summary>Another worker may take it, unless the run is halted.</summary>
    private void GiveBack(TargetRun targetRun, DateTimeOffset at)
    {
        Move(targetRun, TargetRunTrigger.GiveBack, Actor.System, at);
        if (OpenHalt is not null) Move(targetRun, TargetRunTrigger.Withdraw, Actor.System, at);
    }

    /// <summary>What is on the target from now on: only what succeeded there. Where no step applied, nothing changed.</summary>
    private void Observe(TargetRun targetRun)
    {
        if (targetRun is not { Stage: Stage.Execute, TargetId: { } target, IsTouched: true }) return;

        _observations.AddRange(Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback
            ? Baselines!.Where(baseline => baseline.TargetId == target).Select(baseline => new Observation(target, baseline.ComponentId, baseline.Version?.VersionId))
            : Versions.Select(version => new Observation(target, version.ComponentId, version.VersionId)));
    }
}
