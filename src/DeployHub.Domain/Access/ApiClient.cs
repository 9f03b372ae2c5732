using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Access;

public readonly record struct ApiClientId(Guid Value) : IId<ApiClientId>
{
    public static ApiClientId New() => new(Guid.CreateVersion7());

    public static ApiClientId From(Guid value) => new(value);
}

/// <summary>A machine identity. Only the digest of its token is kept; the token is shown once.</summary>
public sealed class ApiClient
{
    /// <summary>How every token begins, so that a leaked one is recognised.</summary>
    public const string TokenPrefix = "dh_";

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private ApiClient() { }

    public ApiClientId Id { get; private init; }

    public string Name { get; private init; } = "";

    public Digest TokenDigest { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The target whose own key it is; it may fetch for that target and nothing else. Null for any other program.</summary>
    public TargetId? TargetId { get; private init; }

    public Actor CreatedBy { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Actor ToActor() => new(Id.Value.ToString(), Name, ActorKind.Machine);

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Refused with <c>access.token-too-long</c> beyond a year.</summary>
    public static Result<ApiClient> Create(string name, string token, DateTimeOffset expiresAt, Actor by, DateTimeOffset at, TargetId? target = null) =>
        expiresAt <= at || expiresAt > at + LongestLife
            ? AccessErrors.TokenTooLong
            : new ApiClient { Id = ApiClientId.New(), Name = name, TokenDigest = Digest.OfText(token), ExpiresAt = expiresAt, TargetId = target, CreatedBy = by, CreatedAt = at };

    public Result Revoke(DateTimeOffset at)
    {
        if (RevokedAt is not null) return AccessErrors.AlreadyRevoked;

        RevokedAt = at;
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
