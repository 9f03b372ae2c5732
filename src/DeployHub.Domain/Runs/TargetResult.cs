using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>How far one target has come in one run (domain §2.4.3).</summary>
public enum TargetResult
{
    Pending,
    InProgress,
    Updated,
    Verified,

    /// <summary>It had every version already, and nothing was done.</summary>
    Unchanged,
    Failed,

    /// <summary>It could not be reached; the step itself did not fail.</summary>
    Unreachable,
    Deferred,
    RolledBack,
    RollbackFailed,
}

/// <summary>What a run came to, target by target and as a whole.</summary>
public static class RunResults
{
    public static TargetResult ResultOf(this Run run, TargetId target) => run.ResultOf(run.TargetRuns.Where(targetRun => targetRun.TargetId == target).ToList());

    /// <summary>Of every target it goes to.</summary>
    public static IReadOnlyDictionary<TargetId, TargetResult> Results(this Run run) =>
        run.TargetRuns.Where(targetRun => targetRun.TargetId is not null).GroupBy(targetRun => targetRun.TargetId!.Value).ToDictionary(mine => mine.Key, mine => run.ResultOf(mine.ToList()));

    /// <summary>The versions are there, and that was verified.</summary>
    private static bool HasVersions(this TargetResult result) => result is TargetResult.Verified or TargetResult.Unchanged;

    /// <summary>The target ended with the versions of the run.</summary>
    public static bool HasVersions(this Run run, TargetId target) => run.ResultOf(target).HasVersions();

    private static TargetResult ResultOf(this Run run, List<TargetRun> mine)
    {
        var rollback = mine.LastOrDefault(targetRun => targetRun.Stage is Stage.Execute && run.Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback);
        if (rollback is { Status: TargetRunStatus.Succeeded }) return TargetResult.RolledBack;
        if (rollback is { Status: TargetRunStatus.Failed }) return TargetResult.RollbackFailed;
        if (rollback is not null) return TargetResult.InProgress;

        if (run.Status is RunStatus.RolledBack && mine.Any(targetRun => targetRun.IsTouched)) return TargetResult.RolledBack; // by the switch alone

        if (mine.Find(targetRun => targetRun.Status is TargetRunStatus.Failed) is { } failed)
            return failed.FailedSteps.Any() && failed.FailedSteps.All(step => step.LastAttempt?.Outcome is StepOutcome.Failed { Cause: HaltCause.TargetUnreachable }) ? TargetResult.Unreachable : TargetResult.Failed;
        if (mine.Any(targetRun => targetRun.Status is TargetRunStatus.Deferred)) return TargetResult.Deferred;
        if (mine.Any(targetRun => targetRun.Status is TargetRunStatus.Unchanged)) return TargetResult.Unchanged;
        if (mine.Any(targetRun => targetRun is { Stage: Stage.VerifyDeployment, Status: TargetRunStatus.Succeeded })) return TargetResult.Verified;
        if (mine.Any(targetRun => targetRun is { Stage: Stage.Execute, Status: TargetRunStatus.Succeeded })) return TargetResult.Updated;
        return mine.Any(targetRun => targetRun.Status is TargetRunStatus.InProgress || targetRun is { Stage: Stage.Execute or Stage.VerifyDeployment, BeganAt: not null })
            ? TargetResult.InProgress : TargetResult.Pending; // looked at is not touched
    }

    /// <summary>Its phases shift the traffic.</summary>
    public static bool ShiftsTraffic(this Run run) => run.Of(Stage.Execute).Phases.Any(phase => phase.Traffic is not null);

    /// <summary>Percent of the traffic that reaches the new version where phases shift traffic, else of the targets that run it.</summary>
    public static int Exposure(this Run run)
    {
        if (run.ShiftsTraffic())
            return run.TargetRuns.LastOrDefault(targetRun => targetRun is { Part: PhasePart.Switch, Status: TargetRunStatus.Succeeded }) is { } shifted
                ? run.Of(Stage.Execute).Phases[shifted.Phase - 1].Traffic ?? 0 : 0;

        var results = run.Results();
        return results.Count == 0 ? 0 : results.Values.Count(result => result is TargetResult.Updated || result.HasVersions()) * 100 / results.Count;
    }

    /// <summary>
    /// Percent of the targets that may run it: besides those that do, those that Execute has touched and neither finished nor led back, where nobody knows
    /// how far it came. Of traffic it is known how much is shifted.
    /// </summary>
    public static int ExposureAtMost(this Run run)
    {
        if (run.ShiftsTraffic()) return run.Exposure();

        var results = run.Results();
        var touched = run.TargetRuns.Where(targetRun => targetRun.IsTouched).Select(targetRun => targetRun.TargetId).OfType<TargetId>().ToHashSet();
        return results.Count == 0 ? 0 : results.Count(result => result.Value is TargetResult.Updated || result.Value.HasVersions() || (result.Value is not TargetResult.RolledBack && touched.Contains(result.Key))) * 100 / results.Count;
    }

    /// <summary>A failure that the model's budget bore: the run passed without the target, and what happened there is known.</summary>
    private static bool Tolerates(this Run run, TargetResult result) =>
        result is TargetResult.Failed or TargetResult.Unreachable && run.Status is RunStatus.Succeeded && !run.TargetRuns.Any(targetRun => targetRun is { Status: TargetRunStatus.Failed, FailedStep.Status: StepStatus.Unknown });

    /// <summary>The first rule that matches in domain §2.4.4; null while the run is not over, and when it ended for the deployment to go on.</summary>
    public static Outcome? OutcomeOf(this Run run)
    {
        if (run.Status is RunStatus.RolledBack) return Outcome.RolledBack;
        if (!run.IsOver || run.EndedBy is ResolutionChoice.Postpone or ResolutionChoice.ReplaceComponent or ResolutionChoice.RollForward) return null; // the deployment goes on without it

        var results = run.Results().Values.ToList();
        if (run.Status is RunStatus.Succeeded && results.TrueForAll(HasVersions))
            return run.Halts.Count > 0 || run.HasWaiver ? Outcome.SucceededAfterIntervention : Outcome.Succeeded;

        var isClear = results.TrueForAll(result => result.HasVersions() || result is TargetResult.Deferred or TargetResult.Pending or TargetResult.RolledBack || run.Tolerates(result));
        return results.Contains(TargetResult.Verified) && isClear ? Outcome.PartiallyDeployed : Outcome.Failed;
    }
}
