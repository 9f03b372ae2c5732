using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>Every way approvals and emergencies say no, beyond <see cref="DeploymentErrors"/>.</summary>
public static class ApprovalErrors
{
    public static readonly Error ReferenceNeeded = Error.Invalid(
        "emergency.needs-reference", "Plan.Incident", "An emergency names what it is for: the incident or the security notice, such as INC-77 or CVE-2026-1234 (domain §2.6).");

    public static readonly Error NoEmergency =
        new(ErrorKind.Conflict, "emergency.not-one", "Only an emergency that waits for its approval can be let start without it. Ask the approvers.") { WhoCould = "nobody, before it is approved" };

    public static readonly Error NotNamed =
        new(ErrorKind.Forbidden, "emergency.not-named", "Only practitioners and managers who are named for it may break the glass (domain §4.2). Call one of them, or an emergency approver.")
        {
            WhoCould = "a deployment practitioner or deployment manager whose grant says that they may break the glass",
        };

    public static readonly Error NothingDeferred =
        new(ErrorKind.Conflict, "approval.nothing-deferred", "No approval is owed here any more. Look again: somebody may have been faster.");

    public static readonly Error NothingDelegated =
        new(ErrorKind.Conflict, "approval.not-pending", "This approval does not wait for a decision any more. Look again: somebody may have been faster.");

    public static readonly Error DelegatedToOneself = Error.Invalid("approval.delegated-to-oneself", "To", "Ask somebody else, or decide yourself.");

    public static readonly Error NoSuchCover = new(ErrorKind.NotFound, "approval-cover.not-found", "There is no such cover of yours.");

    public static readonly Error CoverIsOver = new(ErrorKind.Conflict, "approval-cover.is-over", "This cover is over already.");

    public static Error TimerRuns(DateTimeOffset until) =>
        new(ErrorKind.Conflict, "emergency.timer-runs", $"Emergency approvers are asked until {until:HH:mm:ss} UTC. After that, or at once for an incident of severity 1, the glass may be broken. Call one of them meanwhile.")
        {
            WhoCould = "an emergency approver, at once",
        };

    public static Error NudgedAlready(DateTimeOffset at, TimeSpan pause) =>
        new(ErrorKind.Conflict, "approval.nudged-already", $"They were reminded at {at:yyyy-MM-dd HH:mm} UTC, and once in {Words.Of(pause)} is enough. Call them, or ask somebody else who may decide.");

    public static Error Confirm(string number) => Error.Invalid("emergency.not-confirmed", "Confirmation", $"Type {number} to confirm: everybody will be told.");

    public static Error OperatorMayNotApproveLate(Actor by) =>
        new(ErrorKind.Forbidden, "SOD-4", $"{by.Name} started it or broke the glass, and a retrospective approval is never given by who did that (SOD-4). Ask another approver.") { WhoCould = "another approver" };

    public static Error SoleAuthor(Actor author) =>
        new(ErrorKind.Forbidden, "SOD-2", $"{author.Name} is among the authors of this change, and no author may be the only approver (SOD-2). Ask another person.") { WhoCould = "somebody who did not write it" };

    public static Error SoleLowerer(Actor by) =>
        new(ErrorKind.Forbidden, "approval.sole-lowerer", $"{by.Name} lowered the risk, and whoever lowers it may not be the only one who approves what is left to approve. Ask another person.")
        {
            WhoCould = "another approver",
        };

    public static Error DelegateNotQualified(string name, NeededApproval slot) => Error.Invalid(
        "approval.delegate-not-qualified", "To", $"{name} cannot fill this slot: it needs {slot.WhoCould} (domain §2.6). Choose somebody who can.");

    public static Error NotPreAuthorised(string model, int version, string why) => Error.Invalid(
        "deployment.standard-not-authorised", "Category", $"A standard change needs a model version that is pre-authorised for it: {model} v{version} {why} Choose Normal.");

    public static Error NotStandardAsItDeviates(IEnumerable<string> parameters) => Error.Invalid(
        "deployment.standard-deviates", "Category", $"A standard change follows its model (domain §2.6), and this plan leaves what it allows for {Words.List(parameters)}. Choose Normal, or keep to the bounds.");

    public static Error RiskTooHighForStandard(string risk) => Error.Invalid(
        "deployment.standard-too-risky", "Category", $"A standard change in a live environment is of low risk (domain §2.6), and this one is of {risk}. Choose Normal, or lower its risk.");

    public static Error ChangeReferenceMissing(string environment) => Error.Invalid(
        "deployment.change-reference-missing", "Plan.ChangeReference", $"The policy of {environment} asks for a change reference, such as CHG0031234. Edit the plan to name it.");
}
