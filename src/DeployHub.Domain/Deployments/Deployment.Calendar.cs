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
        "RequestException", $"{exception.RequestedBy.Name} asked for exception {exception.Number} from “{freeze.Name}” until {exception.ProposedUntil:yyyy-MM-dd HH:mm} UTC: {Sentence(exception.Justification)}",
        exception.RequestedBy, exception.RequestedAt);

    public void ExceptionGranted(FreezeException exception, Freeze freeze) => Append(
        "GrantException",
        $"{exception.DecidedBy!.Name} granted exception {exception.Number} from “{freeze.Name}” until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC"
        + $"{(exception.Condition is null ? "." : $", with the condition: {Sentence(exception.Condition)}")}",
        exception.DecidedBy, exception.DecidedAt!.Value);

    public void ExceptionRefused(FreezeException exception, Freeze freeze) =>
        Append("RefuseException", $"{exception.DecidedBy!.Name} refused exception {exception.Number} from “{freeze.Name}”: {Sentence(exception.Reason!)}", exception.DecidedBy, exception.DecidedAt!.Value);

    public void ExceptionVoided(FreezeException exception, Actor by, DateTimeOffset at) =>
        Append("VoidException", $"Exception {exception.Number} is void: {Sentence(exception.Reason!)}", by, at);

    public void ExceptionExpired(FreezeException exception, DateTimeOffset at) =>
        Append("ExpireException", $"Exception {exception.Number} expired. {exception.Reason}", Actor.System, at);

    public void ExceptionUsed(FreezeException exception, Actor by, DateTimeOffset at) =>
        Append("UseException", $"Run R{exception.UsedByRun} goes on by exception {exception.Number}, until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC.", by, at);

    public void ExceptionConditionMet(FreezeException exception) => Append(
        "MeetCondition", $"{exception.ConditionMetBy!.Name} marked the condition of exception {exception.Number} as met{(exception.ConditionNote is null ? "." : $": {Sentence(exception.ConditionNote)}")}",
        exception.ConditionMetBy, exception.ConditionMetAt!.Value);

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.Trim() : $"{text.Trim()}.";
}
