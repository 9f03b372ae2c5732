using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
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
        if (gates.Any(gate => !gate.IsOpen)) return DeploymentErrors.GatesClosed([.. gates.Where(gate => !gate.IsOpen)]);

        if (ObjectionToStarter(by) is { } sole) return sole;
        if (Plan.IsLive && by.Kind is ActorKind.Machine && Approvers.Count == 0 && Authorisation is null) return DeploymentErrors.MachinesNeverApprove;

        NoteGates(gates, at);
        return OpenRun($"{by.Name} started run R{RunCount + 1}.{string.Concat(gates.Where(gate => gate.IsWaived).Select(gate => $" {gate.Sentence}"))}", by, at);
    }

    private IReadOnlyList<Actor> Approvers =>
        [.. GivenByPeople.Select(approval => approval.DecidedBy!).DistinctBy(approver => approver.Id)];

    /// <summary>Why a person may not start it although it is ready: whoever alone approved what is live (SOD-3). Null where that is not in the way.</summary>
    public Error? ObjectionToStarter(Actor person) => Plan.IsLive && IsSoleApprover(person) ? DeploymentErrors.SoleApproverMayNotStart(person) : null;

    private bool IsSoleApprover(Actor person) => Approvers is [var sole] && sole.Is(person);

    /// <summary>
    /// Whether somebody may have a run in hand that others started. Refused like a start: with <c>SOD-3</c> for a sole approver in a live environment,
    /// and with <c>people.not-qualified</c> or <c>people.in-both</c> for whoever the model does not let operate it.
    /// </summary>
    /// <param name="doers">Who did by hand what a slot does in the run, so far.</param>
    public Result TakeOverRun(Colleague who, IReadOnlyList<Assignment> doers, DateTimeOffset at)
    {
        if (Plan.IsLive && IsSoleApprover(who.Person)) return DeploymentErrors.SoleApproverMayNotStart(who.Person);
        if (who.Objection(Plan, RoleSlot.Operator, at) is { } objection) return StaffingErrors.MayNotDoIt(objection, []);
        return Excluding(RoleSlot.Operator, who.Person, doers) is { } other ? StaffingErrors.BothByOne(RoleSlot.Operator, other, who.Person) : Result.Success;
    }

    /// <summary>What held when it started, gate by gate: nobody can look it up afterwards.</summary>
    private void NoteGates(IReadOnlyList<Gate> gates, DateTimeOffset at)
    {
        if (Status is not DeploymentStatus.Scheduled || gates.Count == 0) return;

        Append("PassGates", $"This held at the start. {string.Join(' ', gates.Select(gate => gate.Sentence))}", Actor.System, at);
    }

    private Result OpenRun(string text, Actor by, DateTimeOffset at)
    {
        var moved = Move(DeploymentTrigger.StartRun, text, by, at);
        if (moved.Error is not null) return moved;

        RunCount++;
        StartedAt ??= at;
        LastStartedAt = at;
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
            case ResolutionChoice.RollForward:
                break; // stays halted until the deployment that supersedes it is over
            default:
                Residual = run.OutcomeOf() is Deployments.Outcome.PartiallyDeployed ? [.. Plan.Targets.Where(target => !run.HasVersions(target.Id))] : [];
                Complete(run.OutcomeOf()!.Value, $"{run.Name} ended", at);
                break;
        }
    }

    /// <summary>
    /// Names the deployment that fixes this one forward. Refused with <c>deployment.not-superseding</c> unless that one is still to come, for
    /// the same service and environment.
    /// </summary>
    public Result SupersedeBy(Deployment successor)
    {
        if (successor.Id == Id || successor.ServiceId != ServiceId || successor.EnvironmentId != EnvironmentId || successor.IsOver) return DeploymentErrors.NotSuperseding(successor.Number, Number);

        SupersededBy = successor.Id;
        return Result.Success;
    }

    /// <summary>The deployment that supersedes this one is over: with it this one is, too.</summary>
    public void FollowSuccessor(Deployment successor, DateTimeOffset at)
    {
        if (SupersededBy != successor.Id || Status is not DeploymentStatus.Halted || !successor.IsOver) return;

        var isFixed = successor.Outcome is Deployments.Outcome.Succeeded or Deployments.Outcome.SucceededAfterIntervention;
        Complete(isFixed ? Deployments.Outcome.RolledForward : Deployments.Outcome.Failed, $"{successor.Number}, which supersedes it, is over", at);
    }

    /// <summary>Nothing will come of it any more.</summary>
    public bool IsOver => Status is DeploymentStatus.Completed or DeploymentStatus.Closed or DeploymentStatus.Cancelled or DeploymentStatus.Expired;

    private void Complete(Outcome outcome, string why, DateTimeOffset at)
    {
        (Outcome, CompletedAt) = (outcome, at);
        Must(Move(DeploymentTrigger.EndRun, $"{why}: {Words.Of(outcome)}.", Actor.System, at));
    }

    private static void Must(Result result)
    {
        if (result.Error is { } refusal) throw new InvalidOperationException($"The deployment refused to follow its run: {refusal.Message}");
    }
}
