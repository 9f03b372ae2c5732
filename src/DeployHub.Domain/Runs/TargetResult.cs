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
    Failed,
    Deferred,
    RolledBack,
    RollbackFailed,
}

/// <summary>What a run came to, target by target and as a whole.</summary>
public static class RunResults
{
    public static TargetResult ResultOf(this Run run, TargetId target)
    {
        var mine = run.TargetRuns.Where(targetRun => targetRun.TargetId == target).ToList();
        var rollback = mine.LastOrDefault(targetRun => targetRun.Stage is Stage.Execute && run.Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback);
        if (rollback is { Status: TargetRunStatus.Succeeded }) return TargetResult.RolledBack;
        if (rollback is { Status: TargetRunStatus.Failed }) return TargetResult.RollbackFailed;
        if (rollback is not null) return TargetResult.InProgress;

        if (mine.Any(targetRun => targetRun.Status is TargetRunStatus.Failed)) return TargetResult.Failed;
        if (mine.Any(targetRun => targetRun.Status is TargetRunStatus.Deferred)) return TargetResult.Deferred;
        if (mine.Any(targetRun => targetRun is { Stage: Stage.VerifyDeployment, Status: TargetRunStatus.Succeeded })) return TargetResult.Verified;
        if (mine.Any(targetRun => targetRun is { Stage: Stage.Execute, Status: TargetRunStatus.Succeeded })) return TargetResult.Updated;
        return mine.Any(targetRun => targetRun.Status is TargetRunStatus.InProgress || targetRun is { Stage: Stage.Execute or Stage.VerifyDeployment, BeganAt: not null })
            ? TargetResult.InProgress : TargetResult.Pending; // looked at is not touched
    }

    /// <summary>The first rule that matches in domain §2.4.4; null while the run is not over, and when it ended for the deployment to go on.</summary>
    public static Outcome? OutcomeOf(this Run run)
    {
        if (run.Status is RunStatus.RolledBack) return Outcome.RolledBack;
        if (!run.IsOver || run.EndedBy is ResolutionChoice.Postpone or ResolutionChoice.ReplaceComponent) return null; // the deployment goes on without it

        var results = run.TargetRuns.Where(targetRun => targetRun.TargetId is not null)
            .Select(targetRun => targetRun.TargetId!.Value).Distinct().Select(target => run.ResultOf(target)).ToList();
        if (run.Status is RunStatus.Succeeded && results.TrueForAll(result => result is TargetResult.Verified))
            return run.Halts.Count > 0 || run.HasWaiver ? Outcome.SucceededAfterIntervention : Outcome.Succeeded;

        var isClear = results.TrueForAll(result => result is TargetResult.Verified or TargetResult.Deferred or TargetResult.Pending or TargetResult.RolledBack);
        return results.Contains(TargetResult.Verified) && isClear ? Outcome.PartiallyDeployed : Outcome.Failed;
    }
}
