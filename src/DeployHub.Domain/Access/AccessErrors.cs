namespace DeployHub.Domain.Access;

/// <summary>Every way access says no.</summary>
public static class AccessErrors
{
    public static readonly Error QualityOnlyForApprovers =
        Error.Invalid("access.quality-only-for-approvers", "Quality", "Only the role approver carries a quality.");

    public static readonly Error GlassOnlyForOperators =
        Error.Invalid("access.glass-only-for-operators", "BreaksGlass", "Only a deployment practitioner or deployment manager may be named to break the glass.");

    public static readonly Error NothingToConfirm = new(ErrorKind.Conflict, "access.nothing-to-confirm", "This grant waits for nobody: it is confirmed or revoked already.");

    public static readonly Error AlreadyRevoked = new(ErrorKind.Conflict, "access.already-revoked", "This is revoked already.");

    public static readonly Error SecondAdministratorNeeded =
        new(ErrorKind.Forbidden, "SOD-8", "A second administrator confirms: neither who gave the role nor who gets it (SOD-8).") { WhoCould = "another administrator" };

    public static readonly Error TokenTooLong =
        Error.Invalid("access.token-too-long", "ExpiresAt", "A token lives at most one year and must expire in the future.");

    public static readonly Error TokensAreOfPeople =
        new(ErrorKind.Forbidden, "access.tokens-are-of-people", "Only a person has a token of their own; an administrator makes those of programs.")
        {
            WhoCould = "a person who signed in",
        };

    public static readonly Error TokenMadeByToken =
        new(ErrorKind.Forbidden, "access.token-by-token", "A token does not make tokens: sign in, and make it on the page of your account.")
        {
            WhoCould = "you, once you have signed in",
        };

    public static readonly Error AccessByToken =
        new(ErrorKind.Forbidden, "access.not-by-token", "People, roles and other people's tokens are not managed with a token, whoever it belongs to: sign in to do that.")
        {
            WhoCould = "you, once you have signed in",
        };

    public static readonly Error TooManyTokens =
        new(ErrorKind.Conflict, "access.too-many-tokens", $"You have {PersonalToken.MostAtOnce} valid tokens already. Revoke those that nothing uses.");

    public static Error DecidedInPerson(Permission permission) =>
        new(ErrorKind.Forbidden, "SOD-6", $"Somebody decides this in person (SOD-6): no token may {Words.Of(permission)}, whoever it belongs to. Sign in to do that.")
        {
            WhoCould = "you, once you have signed in",
        };

    public static Error TokenNameTaken(string name) => Error.Invalid(
        "access.token-name-taken", "Name", $"You have a valid token “{name}”, and what is done with a token is recorded by its name. Choose another name, or revoke that one.");

    public static Error TokenOnlyReads(string name) =>
        new(ErrorKind.Forbidden, "access.token-only-reads", $"The token “{name}” only reads. Make one that may do everything you may.")
        {
            WhoCould = "you, with another token or once you have signed in",
        };

    public static Error OwnGrant(Role role) =>
        new(ErrorKind.Forbidden, "SOD-8", $"Administrators cannot give themselves the role {Words.Of(role)} (SOD-8).") { WhoCould = "another administrator" };
}
