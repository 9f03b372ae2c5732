namespace DeployHub.Domain.Inventory;

/// <summary>Every way drift says no.</summary>
public static class DriftErrors
{
    public static readonly Error IgnoredUntil = Error.Invalid(
        "drift-item.ignored-until", "Until", $"Say an instant in the future, at most {DriftItem.LongestIgnored.TotalDays:0} days away; for longer, accept it or put it right.");

    public static readonly Error OwnerDecides =
        new(ErrorKind.Forbidden, "drift-item.owner-decides", "What blocks a deployment, and what becomes the baseline, is decided by the owner of the environment.") { WhoCould = "an approver with the quality environment owner" };

    public static readonly Error NothingWatched =
        new(ErrorKind.Conflict, "drift.nothing-watched", "Nothing is watched in this environment yet. Say first what is looked at on its targets.");

    public static readonly Error FoundAtTheSameMoment =
        new(ErrorKind.Conflict, "drift.raced", "Somebody else looked at this target at the same moment. Look again.");

    public static Error IsOver(DriftStatus status) =>
        new(ErrorKind.Conflict, "drift-item.cannot-move", $"This is decided already: {Words.Of(status)}. If the difference comes back, it is found anew.");

    public static Error OnlyByPeople(string target) =>
        new(ErrorKind.Conflict, "drift.only-by-people", $"{target} can only be reached by people, so nothing can be read off there. Report what was seen as an observation.");

    /// <summary>What nobody registered has no digest to bind to, so nothing can be led back to it.</summary>
    public static Error MustBeRegistered(string component, string label)
    {
        var sentence = $"{component} {label} is no registered version, so it cannot be a baseline: nothing could lead back to it. Register it with its digest and where it came from, then accept it; or put the target right.";
        return new(ErrorKind.Conflict, "drift-item.version-unregistered", sentence);
    }
}
