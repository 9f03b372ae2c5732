namespace DeployHub.Domain.Access;

/// <summary>Every way in which a qualification is refused.</summary>
public static class QualificationErrors
{
    public static readonly Error Own =
        new(ErrorKind.Forbidden, "people.own-qualification", "Nobody says of themselves that they are qualified: another deployment manager gives it to you.") { WhoCould = "another deployment manager" };

    public static readonly Error EndsBefore = Error.Invalid("people.qualification-ends-before", "Until", "It ends before it begins.");

    public static readonly Error OverAlready = Error.Invalid("people.qualification-over", "Until", "It would be over already. Choose a later day, or none.");

    public static readonly Error EndedAlready = new(ErrorKind.Conflict, "people.qualification-ended", "This qualification is ended already. Give it anew when it counts again.");

    public static Error HeldAlready(string skill) =>
        new(ErrorKind.Conflict, "people.qualification-held", $"This person holds “{skill}” there for these days already. End that one first where something else should be recorded.");
}
