namespace DeployHub.Domain.Access;

/// <summary>Every way access says no.</summary>
public static class AccessErrors
{
    public static readonly Error QualityOnlyForApprovers =
        Error.Invalid("access.quality-only-for-approvers", "Quality", "Only the role approver carries a quality.");

    public static readonly Error NothingToConfirm = new(ErrorKind.Conflict, "access.nothing-to-confirm", "This grant waits for nobody: it is confirmed or revoked already.");

    public static readonly Error AlreadyRevoked = new(ErrorKind.Conflict, "access.already-revoked", "This is revoked already.");

    public static readonly Error SecondAdministratorNeeded =
        new(ErrorKind.Forbidden, "SOD-8", "A second administrator confirms: neither who gave the role nor who gets it (SOD-8).") { WhoCould = "another administrator" };

    public static readonly Error TokenTooLong =
        Error.Invalid("access.token-too-long", "ExpiresAt", "A token lives at most one year (domain §4.4) and must expire in the future.");

    public static Error OwnGrant(Role role) =>
        new(ErrorKind.Forbidden, "SOD-8", $"Administrators cannot give themselves the role {Words.Of(role)} (SOD-8).") { WhoCould = "another administrator" };
}
