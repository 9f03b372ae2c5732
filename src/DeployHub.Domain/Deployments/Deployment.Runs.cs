using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Deployments;

/// <summary>How a deployment follows its runs.</summary>
public sealed partial class Deployment
{
    /// <summary>
    /// Opens the way for run <see cref="RunCount"/> + 1. Refused with <c>deployment.gates-closed</c> naming every closed gate, <c>SOD-3</c>
    /// for a sole approver in a live environment, or <c>SOD-6</c> for a machine whose plan no person approved there.
    /// </summary>
    public Result StartRun(IReadOnlyList<Gate> gates, Actor by, DateTimeOffset at)
    {
        if (gates.Any(gate => !gate.IsOpen)) return DeploymentErrors.GatesClosed(gates.Where(gate => !gate.IsOpen));

        var approvers = Approvals.Where(approval => approval.Status is ApprovalStatus.Approved).Select(approval => approval.DecidedBy!).DistinctBy(approver => approver.Id).ToList();
        if (Plan.IsLive && approvers is [var sole] && sole.Is(by)) return DeploymentErrors.SoleApproverMayNotStart(by);
        if (Plan.IsLive && by.Kind is ActorKind.Machine && approvers.Count == 0) return DeploymentErrors.MachinesNeverApprove;

        var moved = Move(DeploymentTrigger.StartRun, $"{by.Name} started run R{RunCount + 1}.", by, at);
        if (moved.Error is not null) return moved;

        RunCount++;
        StartedAt ??= at;
        return Result.Success;
    }

    /// <summary>Takes over what the run became. Nothing happens while the two agree.</summary>
    public void Follow(Run run, DateTimeOffset at)
    {
        var text = run.OpenHalt?.Sentence ?? $"{run.Name} is {Words.Of(run.Status)}.";
        if (run.IsOver && run.Number == RunCount) End(run, at);
        else if (run.Status is RunStatus.Halted && Status is DeploymentStatus.InProgress) Must(Move(DeploymentTrigger.Halt, text, Actor.System, at));
        else if (run.Status is not RunStatus.Halted && Status is DeploymentStatus.Halted) Must(Move(DeploymentTrigger.Resume, text, Actor.System, at));
    }

    private void End(Run run, DateTimeOffset at)
    {
        if (Status is not (DeploymentStatus.InProgress or DeploymentStatus.Halted)) return;

        switch (run.EndedBy)
        {
            case ResolutionChoice.Postpone:
                Must(Move(DeploymentTrigger.Postpone, $"{run.Name} ended before anything was touched; the approved plan may run again.", Actor.System, at));
                break;
            case ResolutionChoice.ReplaceComponent:
                VoidApprovals();
                Must(Move(DeploymentTrigger.ReplaceComponent, $"{run.Name} ended before anything was touched; another version has to be planned and approved.", Actor.System, at));
                break;
            default:
                Outcome = run.OutcomeOf();
                CompletedAt = at;
                Must(Move(DeploymentTrigger.EndRun, $"{run.Name} ended: {Words.Of(Outcome!.Value)}.", Actor.System, at));
                break;
        }
    }

    private static void Must(Result result)
    {
        if (result.Error is { } refusal) throw new InvalidOperationException($"The deployment refused to follow its run: {refusal.Message}");
    }
}
