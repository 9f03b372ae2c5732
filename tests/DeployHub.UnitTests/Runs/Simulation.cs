using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>A run driven as the worker drives it, with a world that answers as the test says and without a database.</summary>
internal sealed class Simulation(Run run, IReadOnlyList<RunTarget> targets, Func<TargetRun, StepRun, StepOutcome?> world, MovedVersion? before = null, ModelContent? model = null)
{
    private readonly List<RunEvent> _events = [.. run.TakeNewEvents()];

    public DateTimeOffset Now { get; set; } = Given.Now;

    public Run Run => run;

    /// <summary>What stands in the way of the next phase.</summary>
    public IReadOnlyList<Gate> Gates { get; set; } = [];

    /// <summary>Nobody does anything before its deadline; otherwise the run rests while people are asked.</summary>
    public bool PeopleAreLate { get; set; }

    /// <summary>Whether the next step that a worker has in its hands takes so long that what rests beside it falls due meanwhile.</summary>
    public Func<bool> TakesLong { get; init; } = () => true;

    /// <summary>Which of the steps that run together ends first; the first of them unless told.</summary>
    public Func<IReadOnlyList<StepRun>, StepRun> EndsFirst { get; init; } = held => held[0];

    /// <summary>When the deployment's slot ends; null when it has none.</summary>
    public DateTimeOffset? SlotEnd { get; set; }

    public IReadOnlyList<RunTarget> Targets => targets;

    /// <summary>Targets that have the new version already; the others have what was before.</summary>
    public IReadOnlyList<RunTarget> UpToDate { get; init; } = [];

    /// <summary>Nothing was on the targets before: there is no version to return to.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What was on the targets when the lock was obtained; null for what was before, on each of them.</summary>
    public IReadOnlyList<Baseline>? Had { get; init; }

    /// <summary>Every event so far, in order.</summary>
    public IReadOnlyList<RunEvent> Events => _events;

    /// <summary>Every visit to the world: which step on which subject.</summary>
    public List<string> Visits { get; } = [];

    public List<Observation> Observations { get; } = [];

    /// <summary>Works until nothing moves any more. A world that answers null loses its worker.</summary>
    public Simulation Work(int hands = 100)
    {
        for (var rounds = 0; rounds < 10_000; rounds++)
            if (!WorkOnce(hands))
                return this;

        throw new InvalidOperationException("The run never comes to rest.");
    }

    public Simulation WorkUntil(Func<Run, bool> isThere)
    {
        for (var rounds = 0; rounds < 10_000; rounds++)
        {
            Advance();
            if (isThere(run)) return this;
            WorkOnce();
        }

        throw new InvalidOperationException("The run never comes there.");
    }

    /// <returns>False when nothing moves any more.</returns>
    public bool WorkOnce(int hands = 100)
    {
        Advance();
        var claimed = run.Claim("w1", hands, Given.Lease, Now);
        if (claimed.Count == 0) return PassTime();

        foreach (var targetRun in claimed) Visit(targetRun);
        return true;
    }

    public void Advance()
    {
        for (var need = run.Advance(NCalcConditions.Instance, Now); need is not Need.Nothing; need = run.Advance(NCalcConditions.Instance, Now))
            if (need is Need.Gates) run.CheckedGates(Gates, Now, SlotEnd);
            else if (need is Need.Locks) run.ObtainedLocks(Had ?? [.. Given.Baselines(targets.Except(UpToDate), IsFirst ? null : before ?? Given.Old), .. Given.Baselines(UpToDate, Given.New)], Now);
            else if (RollBack(Decision.ByModel(run.OpenHalt!, Now)).Error is { } cannot) run.CannotRollBackItself(cannot, Now);
        Collect();
        run.TargetRuns.Where(targetRun => targetRun.Status is TargetRunStatus.InProgress).All(targetRun => targetRun.LeaseUntil is null ? targetRun.DueAt is not null : targetRun.StepsHeld.Any())
            .ShouldBeTrue("a lease holds a step, and what rests is due some time");
    }

    public Domain.Result RollBack(Decision decision)
    {
        var plan = Given.Expansion(model ?? Given.Model(), targets).RollBack(run);
        return plan.Error is { } cannot ? cannot : run.RollBack(plan.Value, decision);
    }

    public void ShouldFoldToItsState() => _events.ShouldFoldTo(run);

    private void Visit(TargetRun targetRun)
    {
        for (var held = targetRun.StepsHeld.ToList(); held.Count > 0;)
        {
            if (targetRun.StepsRestingBeside.Any() && TakesLong()) held.AddRange(AwaitTurn(targetRun));
            var step = EndsFirst(held);
            Visits.Add($"{targetRun.Stage} {targetRun.Subject} {step.Name}");
            var outcome = world(targetRun, step);
            if (outcome is null) return; // its worker is gone; the lease will lapse

            held.Remove(step);
            held.AddRange(run.Record(targetRun.Id, targetRun.Fence, step.Number, outcome, Given.Lease, Now).Value);
            Collect();
        }
    }

    /// <summary>Time passes until something is due that rests beside what a worker has in its hands; every worker renews its leases.</summary>
    private IReadOnlyList<StepRun> AwaitTurn(TargetRun targetRun)
    {
        var due = targetRun.StepsRestingBeside.Min(step => step.DueAt!.Value);
        if (due > Now) Now = due;
        foreach (var leased in run.TargetRuns.Where(leased => leased.LeaseUntil is not null)) leased.LeaseUntil = Now + Given.Lease;
        Advance();
        return run.ClaimBeside(targetRun.Id, targetRun.Fence, Now);
    }

    /// <summary>To the next instant at which something is due.</summary>
    private bool PassTime()
    {
        Advance();
        if (run.DueAt is not { } due || due <= Now && !run.TargetRuns.Any(targetRun => targetRun.IsClaimable(Now))) return run.DueAt <= Now && run.TargetRuns.Any(targetRun => targetRun.IsClaimable(Now));
        if (!PeopleAreLate && run.TargetRuns.Any(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson && targetRun.DueAt == due)) return false;

        if (due > Now) Now = due;
        return true;
    }

    private void Collect()
    {
        _events.AddRange(run.TakeNewEvents());
        Observations.AddRange(run.TakeObservations());
    }
}
