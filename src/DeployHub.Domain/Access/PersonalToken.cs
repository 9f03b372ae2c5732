namespace DeployHub.Domain.Access;

public readonly record struct PersonalTokenId(Guid Value) : IId<PersonalTokenId>
{
    public static PersonalTokenId New() => new(Guid.CreateVersion7());

    public static PersonalTokenId From(Guid value) => new(value);
}

/// <summary>What somebody lets programs do in their name.</summary>
public enum TokenScope
{
    /// <summary>Look at what the person may look at; change nothing.</summary>
    ReadOnly,

    /// <summary>Everything the person may at that moment, but for managing access.</summary>
    Everything,
}

/// <summary>The token that messages come with.</summary>
public sealed record UsedToken(string Name, TokenScope Scope);

/// <summary>
/// A person's own token, by which programs act as that person. Only the digest is kept; the token is shown once. Never deleted: what was
/// done with it is recorded by its name.
/// </summary>
public sealed class PersonalToken
{
    /// <summary>How every one begins, so that scanners find a leaked one and know whose kind it is.</summary>
    public const string Prefix = "dhp_";

    /// <summary>Valid ones a person.</summary>
    public const int MostAtOnce = 50;

    /// <summary>Unless told otherwise.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private PersonalToken() { }

    public PersonalTokenId Id { get; private init; }

    /// <summary>The account whose token it is.</summary>
    public string Holder { get; private init; } = "";

    public string Name { get; private init; } = "";

    public Digest TokenDigest { get; private init; }

    public TokenScope Scope { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public Actor? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>
    /// Refused with <c>access.token-too-long</c> beyond a year, with <c>access.token-name-taken</c> and <c>access.too-many-tokens</c> beside the
    /// other tokens of the same person, with <c>access.token-by-token</c> to a token and with <c>access.tokens-are-of-people</c> to programs.
    /// </summary>
    /// <param name="others">Names of the valid tokens that the person has.</param>
    /// <param name="by">Whose it becomes: nobody makes one for somebody else.</param>
    public static Result<PersonalToken> Create(
        string name, string token, TokenScope scope, DateTimeOffset? expiresAt, IReadOnlyCollection<string> others, Actor by, DateTimeOffset at)
    {
        var until = expiresAt ?? at + UsualLife;
        if (by.Kind is not ActorKind.Person) return AccessErrors.TokensAreOfPeople;
        if (by.Via is not null) return AccessErrors.TokenMadeByToken;
        if (until <= at || until > at + LongestLife) return AccessErrors.TokenTooLong;
        if (others.Contains(name, StringComparer.OrdinalIgnoreCase)) return AccessErrors.TokenNameTaken(name);
        if (others.Count >= MostAtOnce) return AccessErrors.TooManyTokens;

        return new PersonalToken { Id = PersonalTokenId.New(), Holder = by.Id, Name = name, TokenDigest = Digest.OfText(token), Scope = scope, CreatedAt = at, ExpiresAt = until };
    }

    public Result Revoke(Actor by, DateTimeOffset at)
    {
        if (RevokedAt is not null) return AccessErrors.AlreadyRevoked;

        (RevokedBy, RevokedAt) = (by, at);
        return Result.Success;
    }

    /// <summary>At most once a minute: a token in use must not write at every request.</summary>
    public bool Use(DateTimeOffset at)
    {
        if (LastUsedAt is { } last && at - last < TimeSpan.FromMinutes(1)) return false;

        LastUsedAt = at;
        return true;
    }
}
