using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Feeds;

public readonly record struct CalendarFeedId(Guid Value) : IId<CalendarFeedId>
{
    public static CalendarFeedId New() => new(Guid.CreateVersion7());

    public static CalendarFeedId From(Guid value) => new(value);
}

/// <summary>What a feed is about. Those of partner organisations are to follow.</summary>
public enum FeedSubject
{
    /// <summary>What the holder plans, approves or operates.</summary>
    Person,

    /// <summary>Everything of one service.</summary>
    Service,

    /// <summary>Everything in one environment.</summary>
    Environment,
}

/// <summary>
/// The secret part of the addresses at which a person's calendar programs read. Only its digest is kept; the address is shown once, and renewing it
/// makes the one before worthless. Whoever knows it reads what its holder may see at that moment, and nothing more.
/// </summary>
public sealed class CalendarFeed
{
    /// <summary>How every token begins, so that scanners find a leaked one and know whose kind it is.</summary>
    public const string Prefix = "dhc_";

    private CalendarFeed() { }

    public CalendarFeedId Id { get; private init; }

    /// <summary>The account whose feed it is; one a person.</summary>
    public string Holder { get; private init; } = "";

    /// <summary>Null when it was ended and not made anew.</summary>
    public Digest? TokenDigest { get; private set; }

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset? LastReadAt { get; private set; }

    /// <summary>Refused with <c>feed.of-people</c> to programs and with <c>feed.by-token</c> to a token.</summary>
    public static Result<CalendarFeed> Create(string token, Actor by, DateTimeOffset at)
    {
        if (RefusalTo(by) is { } refusal) return refusal;

        return new CalendarFeed { Id = CalendarFeedId.New(), Holder = by.Id, TokenDigest = Digest.OfText(token), IssuedAt = at };
    }

    /// <summary>From now on only this token reads.</summary>
    public Result Renew(string token, Actor by, DateTimeOffset at)
    {
        if (RefusalTo(by) is { } refusal) return refusal;

        (TokenDigest, IssuedAt, LastReadAt) = (Digest.OfText(token), at, null);
        return Result.Success;
    }

    /// <summary>From now on nothing reads.</summary>
    public Result End()
    {
        if (TokenDigest is null) return FeedErrors.NoFeed;

        TokenDigest = null;
        return Result.Success;
    }

    private static Error? RefusalTo(Actor by) => by switch
    {
        { Kind: not ActorKind.Person } => FeedErrors.OfPeople,
        { Via: not null } => FeedErrors.ByToken,
        _ => null,
    };
}
