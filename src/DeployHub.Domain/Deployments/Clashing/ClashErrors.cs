namespace DeployHub.Domain.Deployments.Clashing;

/// <summary>Every way a clash says no.</summary>
public static class ClashErrors
{
    public static readonly Error NothingToAccept =
        new(ErrorKind.Conflict, "clash.nothing-to-accept", "A clash is accepted before a run starts. This deployment is past that, so there is nothing to accept any more.");

    public static readonly Error PeopleAccept = new(
        ErrorKind.Forbidden, "SOD-6", "Somebody takes the responsibility for a clash in person (SOD-6): no machine and no token may. Move one of the two, or sign in and accept it.")
    {
        WhoCould = "a person who plans there and is signed in",
    };

    public static Error NotClashing(string number, string other) =>
        new(ErrorKind.Conflict, "clash.none", $"{number} and {other} do not clash (any more): there is nothing to accept. Look at the slots again.");

    public static Error SameLock(Clash clash) => new(
        ErrorKind.Conflict, "clash.same-lock",
        $"{clash.With} needs the same lock ({Words.List(clash.Shared)}), and one component is deployed to one environment once at a time (domain §2.4.2). Move one of the two.");
}
