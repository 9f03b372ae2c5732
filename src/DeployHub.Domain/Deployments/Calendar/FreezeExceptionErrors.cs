using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Every way a freeze exception says no.</summary>
public static class FreezeExceptionErrors
{
    public static readonly Error OneAtATime = new(
        ErrorKind.Conflict, "freeze-exception.one-at-a-time", "An exception from this freeze is asked for or granted already. Look at that one; a second one would decide nothing.");

    public static readonly Error ReservedTaken = new(ErrorKind.Conflict, "freeze-exception.reserved-taken", "Another deployment has the same components then.");

    public static readonly Error ReservedOver = new(ErrorKind.Conflict, "freeze-exception.reserved-over", "That time is over.");

    public static Error DeploymentOver(string number) => new(ErrorKind.Conflict, "freeze-exception.deployment-over", $"{number} is over, so nothing of it starts any more.");

    public static Error NotInTheWay(string number, string name) => Error.Invalid(
        "freeze-exception.not-in-the-way", "Freeze", $"{number} “{name}” does not hold during the slot, nor during the time that the run still needs. No exception is needed.");

    public static Error NotNeeded(string freeze, ChangeCategory category) => Error.Invalid(
        "freeze-exception.not-needed", "Freeze", $"“{freeze}” lets changes of the category {Words.Of(category)} pass. No exception is needed.");

    public static Error NoSuchFreeze(string number) => Error.Invalid("freeze-exception.freeze-unknown", "Freeze", $"There is no freeze “{number}” in the way of this deployment.");

    public static Error UntilPast(string field) => Error.Invalid("freeze-exception.until-past", field, "Say a time that is still to come.");

    public static Error UntilBeforeStart(string field, DateTimeOffset meets) => Error.Invalid(
        "freeze-exception.until-before-start", field, $"The deployment meets the freeze at {meets:yyyy-MM-dd HH:mm} UTC: say a later time, or the exception is over before it is needed.");

    public static Error UntilAfterFreeze(string field, DateTimeOffset ends) => Error.Invalid(
        "freeze-exception.until-after-freeze", field, $"The freeze ends at {ends:yyyy-MM-dd HH:mm} UTC: an exception from it cannot last longer.");

    public static Error ConditionDue(DateTimeOffset until) => Error.Invalid(
        "freeze-exception.condition-due", "ConditionDue", $"Say a time that is still to come, and not after the exception is over at {until:yyyy-MM-dd HH:mm} UTC.");

    public static Error PlanChanged(string number) => new(
        ErrorKind.Conflict, "freeze-exception.plan-changed", $"The plan changed after {number} was asked for. It has to be asked for again, for the plan as it is now.");

    public static Error NotOver(string number, DateTimeOffset at) => new(ErrorKind.Conflict, "freeze-exception.not-over", $"{number} lasts until {at:yyyy-MM-dd HH:mm} UTC.");

    public static Error NoConditionOwed(string number) => new(ErrorKind.Conflict, "freeze-exception.no-condition", $"{number} has no condition that is still to be met.");

    public static Error NotTheApprover(Freeze freeze) => new(
        ErrorKind.Forbidden, "freeze-exception.not-the-approver", $"About exceptions from “{freeze.Name}” decides {freeze.Approver.InWords()}. Ask them.")
    { WhoCould = freeze.Approver.InWords() };

    public static Error MayNotDecide(Actor by, Freeze freeze) => new(
        ErrorKind.Forbidden, "SOD-4", $"{by.Name} asked for it or operates it, and a freeze exception is never decided by requester or operator (SOD-4). Ask {freeze.Approver.InWords()} who did neither.")
    {
        WhoCould = $"{freeze.Approver.InWords()} who neither asked for it nor operates it",
    };

    public static Error DeciderMayNotStart(Actor by) => new(
        ErrorKind.Forbidden, "SOD-4", $"{by.Name} granted the freeze exception and so may not also start the run (SOD-4). Ask another practitioner.")
    { WhoCould = "another deployment practitioner" };
}
