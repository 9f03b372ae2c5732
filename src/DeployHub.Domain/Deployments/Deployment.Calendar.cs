using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;

namespace DeployHub.Domain.Deployments;

/// <summary>What freezes and exceptions from them do to a deployment: told in its story, decided elsewhere (domain §2.3.1).</summary>
public sealed partial class Deployment
{
    /// <summary>A freeze was declared over its slot. Nothing is cancelled; its start gate fails while the freeze holds.</summary>
    public void HoldByFreeze(FreezeTime freeze, Actor by, DateTimeOffset at) => Append(
        "HoldByFreeze",
        $"{by.Name} declared the freeze {freeze.Freeze.Number} “{freeze.Freeze.Name}” over its slot, until {freeze.When.End:yyyy-MM-dd HH:mm} UTC: "
        + $"{Sentence(freeze.Freeze.Reason)} {Owner.Name} moves it or asks for an exception.",
        by, at);

    /// <summary>A freeze over its slot was lifted.</summary>
    public void GoOnAfterFreeze(Freeze freeze, string reason, Actor by, DateTimeOffset at) =>
        Append("LiftFreeze", $"{by.Name} lifted the freeze {freeze.Number} “{freeze.Name}” over its slot: {Sentence(reason)}", by, at);

    public void ExceptionRequested(FreezeException exception, Freeze freeze) => Append(
        "RequestException", $"{exception.RequestedBy.Name} asked for exception {exception.Number} from “{freeze.Name}” until {exception.ProposedUntil:yyyy-MM-dd HH:mm} UTC: {Sentence(exception.Justification)}"
        + (exception.Reserved is { } free ? $" If the answer is no{(exception.DecideBy is { } by ? $", or none comes by {by:yyyy-MM-dd HH:mm} UTC" : "")}, it goes to the {Said(free)}, which is reserved." : ""),
        exception.RequestedBy, exception.RequestedAt);

    public void ExceptionGranted(FreezeException exception, Freeze freeze) => Append(
        "GrantException",
        $"{exception.DecidedBy!.Name} granted exception {exception.Number} from “{freeze.Name}” until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC"
        + $"{(exception.Condition is null ? "." : $", with the condition: {Sentence(exception.Condition)}")}"
        + (exception.Reserved is { } free ? $" The {Said(free)} is free again." : ""),
        exception.DecidedBy, exception.DecidedAt!.Value);

    public void ExceptionRefused(FreezeException exception, Freeze freeze) =>
        Append("RefuseException", $"{exception.DecidedBy!.Name} refused exception {exception.Number} from “{freeze.Name}”: {Sentence(exception.Reason!)}", exception.DecidedBy, exception.DecidedAt!.Value);

    public void ExceptionVoided(FreezeException exception, Actor by, DateTimeOffset at) =>
        Append("VoidException", $"Exception {exception.Number} is void: {Sentence(exception.Reason!)}", by, at);

    public void ExceptionExpired(FreezeException exception, DateTimeOffset at) =>
        Append("ExpireException", $"Exception {exception.Number} expired. {exception.Reason}", Actor.System, at);

    /// <summary>
    /// The answer was no, or none came: it goes to the slot that was reserved for it, on behalf of nobody. A slot outside of the window for which it
    /// was approved is approved anew.
    /// </summary>
    public Result TakeReserved(FreezeException exception, DateTimeOffset at)
    {
        if (exception.Reserved is not { } free || Status is not (DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return DeploymentErrors.NotEditable;
        if (free.End <= at) return FreezeExceptionErrors.ReservedOver;

        TakeSlot(free with { }); // another one, for each belongs to its own row
        Append("TakeReserved", $"It goes to the {Said(free)}, which was reserved when exception {exception.Number} was asked for.", Actor.System, at);
        return Status is DeploymentStatus.Draft ? Result.Success : ReviewOutsideWindow(at);
    }

    /// <summary>What was reserved cannot be had after all.</summary>
    public void LoseReserved(FreezeException exception, string why, DateTimeOffset at) =>
        Append("LoseReserved", $"The {Said(exception.Reserved!)} was reserved and cannot be had any more. {Sentence(why)} {Owner.Name} moves it.", Actor.System, at);

    /// <summary>Exceptions have become a habit of its service, which the release manager hears (domain J1).</summary>
    public void NoticeHabit(ExceptionHabit habit, DateTimeOffset at) => Append("NoticeHabit", habit.Sentence, Actor.System, at);

    public void ExceptionUsed(FreezeException exception, Actor by, DateTimeOffset at) =>
        Append("UseException", $"Run R{exception.UsedByRun} goes on by exception {exception.Number}, until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC.", by, at);

    public void ExceptionConditionMet(FreezeException exception) => Append(
        "MeetCondition", $"{exception.ConditionMetBy!.Name} marked the condition of exception {exception.Number} as met, “{exception.Condition}”: {Sentence(exception.ConditionNote!)}",
        exception.ConditionMetBy, exception.ConditionMetAt!.Value);

    private static string Said(Slot slot) => $"slot of {slot.Start:ddd yyyy-MM-dd HH:mm} to {slot.End:HH:mm} UTC";

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.Trim() : $"{text.Trim()}.";
}
