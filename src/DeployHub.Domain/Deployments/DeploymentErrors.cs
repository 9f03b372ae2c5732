using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments;

/// <summary>Every way a deployment says no.</summary>
public static class DeploymentErrors
{
    public static readonly Error SlotTooFar =
        Error.Invalid("slot.too-far", "SlotEnd", "A slot ends within five years from now. Choose an earlier one.");

    public static readonly Error NothingLeftToPrioritise =
        new(ErrorKind.Conflict, "deployment.is-over", "It is over, so it waits for no turn any more.");

    public static readonly Error MachinesNeverApprove =
        new(ErrorKind.Forbidden, "SOD-6", "Machine identities never approve (SOD-6). Ask a person.") { WhoCould = "a person who may approve" };

    public static Error NothingResidual(string number) =>
        new(ErrorKind.Conflict, "deployment.nothing-residual", $"{number} left no target out: there is no rest to plan.");

    public static Error ResidualPlanned(string number, string residual) =>
        new(ErrorKind.Conflict, "deployment.residual-planned", $"{residual} is planned for what {number} left out. Cancel it first to plan another one.");

    public static Error NoNewTargets(string number) =>
        new(ErrorKind.Conflict, "deployment.no-new-targets", $"No target came into service since {number} was planned for all there were.");

    public static Error NewTargetsPlanned(string number, string other) =>
        new(ErrorKind.Conflict, "deployment.new-targets-planned", $"{other} takes the versions of {number} to the new targets. Cancel it first to plan another one.");

    public static readonly Error AlreadyApproved =
        new(ErrorKind.Conflict, "deployment.already-approved", "You have approved this plan already; another person has to fill the other slot.");

    public static readonly Error NothingToApprove =
        new(ErrorKind.Conflict, "deployment.nothing-to-approve", "No approval is pending here. Look again: somebody may have been faster.");

    public static readonly Error DigestChanged =
        new(ErrorKind.Conflict, "deployment.digest-changed", "The plan changed after you opened it. Look at the new plan, then decide: an approval binds to one plan digest.");

    public static readonly Error NothingToWithdraw =
        new(ErrorKind.Conflict, "deployment.nothing-to-withdraw", "You hold no approval of this plan that could be withdrawn.");

    public static readonly Error NotEditable =
        new(ErrorKind.Conflict, "deployment.not-editable", "A plan can be edited until a run starts. Plan a new deployment instead.");

    public static readonly Error TargetTouched =
        new(ErrorKind.Conflict, "deployment.target-touched", "A run has touched targets, so this cannot be cancelled any more. Resolve the run instead.");

    public static readonly Error NobodyApprovedIt =
        new(ErrorKind.Forbidden, "SOD-6", "No person approved this live plan, so it does not start by itself (SOD-6). A person has to start it.") { WhoCould = "a deployment practitioner or deployment manager" };

    public static readonly Error SlotNeededToStart = Error.Invalid(
        "deployment.start-needs-slot", "SlotStart", "It is to start by itself at its slot, so it needs one. Give it a slot, or edit the plan so that people start it.");

    public static Error StartedByPeople(string number) =>
        new(ErrorKind.Conflict, "deployment.started-by-people", $"{number} does not start by itself now: it does so once, within its slot, where its plan says so. A person may start it.");

    public static Error PlannerMayNotApprove(Actor planner) =>
        new(ErrorKind.Forbidden, "SOD-1", $"{planner.Name} planned this, and whoever plans may not approve (SOD-1). Ask another person.")
        {
            WhoCould = "any approver, deployment practitioner or deployment manager who did not plan it",
        };

    public static Error NotQualified(NeededApproval needed) =>
        new(ErrorKind.Forbidden, "approval.not-qualified", $"This slot needs {needed.WhoCould}.") { WhoCould = needed.WhoCould };

    public static Error SoleApproverMayNotStart(Actor by) =>
        new(ErrorKind.Forbidden, "SOD-3", $"{by.Name} is the only approver of this live plan and so may not also start or operate it (SOD-3). Ask another practitioner.")
        {
            WhoCould = "another deployment practitioner",
        };

    public static Error SoleApproverMayNotMove(Actor by) =>
        new(
            ErrorKind.Forbidden, "SOD-3",
            $"{by.Name} is the only approver of this live plan, which starts by itself at its slot: to move the slot would be to start it (SOD-3). Ask a planner.")
        {
            WhoCould = "anybody else who may plan it",
        };

    public static Error VariableUnknown(string name, string service) => Error.Invalid(
        "plan.variable-unknown", "Plan.Model", $"The model reads ${{variable.{name}}}, and service {service} has no variable {name}. Define it among the service's variables, or choose another model.");

    public static Error VariableWithoutValue(string name, string service, VariablePlace place) => Error.Invalid(
        "plan.variable-without-value", "Plan.Model", $"The model reads ${{variable.{name}}}, and no value of service {service} for it covers {(place.Target is { } target ? $"target {target}" : $"{place.Environment} as a whole, without a target")}. Give it one with a wider scope.");

    public static Error GatesClosed(IReadOnlyCollection<Gate> closed)
    {
        var code = closed.Any(gate => gate.Kind is GateKind.Freeze) ? "FreezeActive" : closed.Any(gate => gate.Kind is GateKind.Window) ? "WindowClosed" : "deployment.gates-closed";
        return new Error(ErrorKind.Conflict, code, $"The run cannot start yet. {string.Join(' ', closed.Select(gate => gate.Sentence))}");
    }

    public static Error NotSuperseding(string successor, string superseded) => Error.Invalid(
        "deployment.not-superseding", "SupersededBy", $"{successor} cannot fix {superseded} forward: name a deployment of the same service to the same environment that is still to be carried out.");
}
