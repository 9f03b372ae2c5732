using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>The phases that a rollback appends to Execute, and what is done in them.</summary>
public sealed record RollbackPlan(IReadOnlyList<PhaseRun> Phases, IReadOnlyList<TargetRun> TargetRuns);

/// <summary>The way back.</summary>
public sealed partial class Expansion
{
    /// <summary>
    /// What returns a run's touched targets to their baseline: the traffic goes back before anything, then the phases in reverse, each target
    /// by the model's steps with the previous version and then its verification. Refused with <c>BaselineUnavailable</c> where a target has
    /// no version to return to, unless the model's own steps speak of none, as those that restore a backup. What the run removed comes back by the
    /// steps of Execute, whatever the method.
    /// </summary>
    public Result<RollbackPlan> RollBack(Run run)
    {
        var touched = run.TouchedByPhase();
        var baselines = (run.Baselines ?? []).ToLookup(baseline => baseline.TargetId);
        var steps = StepsBack;
        var without = WithoutEarlierVersion(touched.SelectMany(phase => phase), baselines);
        if (without.Count > 0) return RunErrors.BaselineUnavailable(without.Select(target => Known(target).Name));

        var plan = new RollbackPlan([], []);
        if (run.HasSwitched && model.Rollback.Switch is { Count: > 0 } back) plan = WithSwitch(plan, run, back, baselines);
        if (steps.Count > 0 || Removed.Count > 0)
            for (var part = 1; part <= touched.Count; part++)
                plan = WithTargets(plan, run, touched.Count == 1 ? "Roll back" : $"Roll back {part} of {touched.Count}", touched[part - 1], steps, baselines);
        return IsRefused ? CannotExpand() : plan;
    }

    /// <summary>Names of targets that would have no version to return to; none where the model's way back speaks of no version, or there is none.</summary>
    /// <param name="run">One that knows its baselines.</param>
    public IReadOnlyList<string> WithoutWayBack(Run run) =>
        [.. WithoutEarlierVersion(targets.Select(target => target.Id), (run.Baselines ?? []).ToLookup(baseline => baseline.TargetId)).Select(target => Known(target).Name)];

    private IReadOnlyList<StepDefinition> StepsBack =>
        Brought.Count == 0 ? [] : model.Rollback.Steps is { Count: > 0 } own ? own : model.Rollback.Method is RollbackMethod.RedeployPrevious ? [.. model.Execute.Steps.Where(DoesNotAskReaders)] : [];

    private List<TargetId> WithoutEarlierVersion(IEnumerable<TargetId> touched, ILookup<TargetId, Baseline> baselines) =>
        !StepsBack.Any(IsAboutAVersion) ? [] : [.. touched.Where(target => !baselines[target].Any() || baselines[target].Any(baseline => baseline.Version is null && !IsRemoved(baseline.ComponentId)))];

    /// <summary>The way back waits for nobody's confirmation, unless the model has steps of its own for it that do.</summary>
    private static bool DoesNotAskReaders(StepDefinition step) => step.Settings is not Models.Steps.AsksPeople;

    private RollbackPlan WithSwitch(RollbackPlan plan, Run run, IReadOnlyList<StepDefinition> steps, ILookup<TargetId, Baseline> baselines)
    {
        var phase = NextPhase(plan, run, "Traffic back");
        var back = TargetRun.Plan(Stage.Execute, phase.Number, NextOrdinal(plan, run), environment, null, Steps(steps, PreviousOf(baselines), null, phase), PhasePart.Switch);
        return new RollbackPlan([.. plan.Phases, phase], [.. plan.TargetRuns, back]);
    }

    private RollbackPlan WithTargets(
        RollbackPlan plan, Run run, string name, IReadOnlyList<TargetId> touched, IReadOnlyList<StepDefinition> steps, ILookup<TargetId, Baseline> baselines)
    {
        var (phase, first) = (NextPhase(plan, run, name, steps.Any(step => step.Settings is Models.Steps.AwaitPull) ? touched.Count : null), NextOrdinal(plan, run));
        var back = touched.Select(Known).Select((target, place) => TargetRun.Plan(
            Stage.Execute, phase.Number, first + place, target.Name, target, BackAndVerified(steps, [.. baselines[target.Id].Select(baseline => baseline.Version).OfType<MovedVersion>()], ComparedBefore(run, target.Id), target, phase)));
        return new RollbackPlan([.. plan.Phases, phase], [.. plan.TargetRuns, .. back]);
    }

    /// <summary>Where nothing was before, there is nothing to verify it against.</summary>
    private List<StepRun> BackAndVerified(IReadOnlyList<StepDefinition> steps, IReadOnlyList<MovedVersion> previous, IReadOnlyList<WatchedFact> compared, RunTarget target, PhaseRun phase)
    {
        var back = Brought.Count == 0 ? [] : Steps(steps, [.. previous.Where(version => !IsRemoved(version.ComponentId))], target, phase);
        back = NeverEmpty([.. back, .. BroughtBack([.. previous.Where(version => IsRemoved(version.ComponentId))], target, phase, back.Count)], target);
        return previous.Count == 0 ? back : [.. back, .. Steps(Comparing(model.VerifyDeployment.Where(DoesNotAskReaders), compared), previous, target, phase, back.Count)];
    }

    /// <param name="fetching">How many targets fetch their previous version by themselves; null where workers bring it.</param>
    private PhaseRun NextPhase(RollbackPlan plan, Run run, string name, int? fetching = null)
    {
        var quota = fetching is { } targets ? QuotaOf(targets) : null;
        return new PhaseRun(run.NextPhaseNumber + plan.Phases.Count, name, quota is null ? 0 : fetching!.Value - quota.Value, isRollback: true) { Quota = quota };
    }

    private static int NextOrdinal(RollbackPlan plan, Run run) => run.TargetRuns.Count + plan.TargetRuns.Count;

    private RunTarget Known(TargetId id) => targets.Single(target => target.Id == id);

    /// <summary>For a step that speaks of a version once for the whole environment: what any target had.</summary>
    private List<MovedVersion> PreviousOf(ILookup<TargetId, Baseline> baselines) =>
        [.. Brought.Select(version => baselines.SelectMany(some => some).FirstOrDefault(baseline => baseline.ComponentId == version.ComponentId)?.Version ?? version)];
}
