namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>Every way an incident says no.</summary>
public static class IncidentErrors
{
    public static readonly Error StartsInFuture =
        Error.Invalid("incident.starts-in-future", "StartedAt", "An incident has begun already: say an instant that is not in the future, in UTC or with its offset.");

    public static readonly Error ResolvedInFuture =
        Error.Invalid("incident.resolved-in-future", "ResolvedAt", "An incident is resolved once it is over: say an instant that is not in the future, in UTC or with its offset.");

    public static readonly Error AddressHasSecret = Error.Invalid(
        "incident.address-has-secret", "Address", "The address holds a user or a password before the @. Everybody who looks at the incident would read it: write the address without it.");

    /// <summary>Rather than one of two people's reports at the same moment is lost.</summary>
    public static readonly Error ReportedAtTheSameMoment =
        new(ErrorKind.Conflict, "incident.raced", "Somebody else reported this incident at the same moment. Look again, then report what is different.");

    public static Error ResolvedBeforeStart(DateTimeOffset startedAt) => Error.Invalid(
        "incident.resolved-before-start", "ResolvedAt", $"It began at {startedAt:yyyy-MM-dd HH:mm:ss} UTC and cannot be over before that. Correct one of the two instants.");

    public static Error StartsAfterItsEnd(DateTimeOffset resolvedAt) => Error.Invalid(
        "incident.starts-after-its-end", "StartedAt", $"It was over at {resolvedAt:yyyy-MM-dd HH:mm:ss} UTC, so it began before that. Correct the instant, or reopen the incident first.");

    public static Error SeveralTools(string reference, IEnumerable<string> sources) => new(
        ErrorKind.Conflict, "incident.several-tools", $"Several tools have an incident {reference}. Say which one is meant by “source”: {Words.List(sources)}.");

    public static Error StartedBeforeExecute(string deployment, DateTimeOffset executedAt) => new(
        ErrorKind.Conflict, "incident.started-before-execute",
        $"The incident had begun before {deployment} touched anything at {executedAt:yyyy-MM-dd HH:mm:ss} UTC, so {deployment} cannot have caused it (domain M7). Reject the link, or correct when the incident began.");

    public static Error NothingExecuted(string deployment) => new(
        ErrorKind.Conflict, "incident.nothing-executed", $"{deployment} has touched nothing so far, so it cannot have caused the incident (domain M7). Reject the link.");

    public static Error NotLinked(string deployment) => new(
        ErrorKind.NotFound, "incident-link.not-found", $"The incident has no link to {deployment}. Link it first.");

    public static Error LinkedAlready(string deployment, Attribution attribution) => new(
        ErrorKind.Conflict, "incident-link.linked-already", $"{deployment} is linked already, and {Words.Of(attribution)}. Confirm or reject that link.");

    public static Error DecidedAlready(Attribution attribution) => new(
        ErrorKind.Conflict, "incident-link.cannot-move", $"The link is {Words.Of(attribution)} already. {(attribution is Attribution.Confirmed ? "Reject" : "Confirm")} it if that was wrong.");
}
