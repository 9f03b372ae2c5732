using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

public readonly record struct ApprovalCoverId(Guid Value) : IId<ApprovalCoverId>
{
    public static ApprovalCoverId New() => new(Guid.CreateVersion7());

    public static ApprovalCoverId From(Guid value) => new(value);
}

/// <summary>
/// While somebody is away another person sees what they are asked and decides it in their place, by their own qualification: cover gives nobody a
/// right. Both names are kept (SOD-11).
/// </summary>
public sealed class ApprovalCover
{
    /// <summary>Whoever is away longer hands over for good.</summary>
    public const int LongestDays = 92;

    private ApprovalCover() { }

    public ApprovalCoverId Id { get; private init; }

    public Actor Person { get; private init; } = Actor.System;

    public Actor Deputy { get; private init; } = Actor.System;

    /// <summary>The first day, UTC.</summary>
    public DateOnly From { get; private init; }

    /// <summary>The last day, UTC.</summary>
    public DateOnly Until { get; private init; }

    public DateTimeOffset NamedAt { get; private init; }

    /// <summary>When it was ended before its last day; null when it was not.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsInForce(DateOnly on) => EndedAt is null && From <= on && on <= Until;

    /// <summary>Refused with <c>approval-cover.dates</c> unless it lies ahead and lasts at most 92 days, and with <c>approval-cover.oneself</c>.</summary>
    public static Result<ApprovalCover> Name(Actor person, Actor deputy, DateOnly from, DateOnly until, DateTimeOffset at)
    {
        if (person.Is(deputy)) return Error.Invalid("approval-cover.oneself", "Deputy", "Name somebody else.");
        if (until < from || until < DateOnly.FromDateTime(at.UtcDateTime)) return Error.Invalid("approval-cover.dates", "Until", "The last day comes after the first one, and is not over yet.");
        if (until.DayNumber - from.DayNumber >= LongestDays) return Error.Invalid("approval-cover.dates", "Until", $"Cover lasts at most {LongestDays} days. Whoever is away longer hands over for good.");

        return new ApprovalCover { Id = ApprovalCoverId.New(), Person = person, Deputy = deputy, From = from, Until = until, NamedAt = at };
    }

    public Result End(Actor by, DateTimeOffset at)
    {
        if (!Person.Is(by)) return ApprovalErrors.NoSuchCover;
        if (EndedAt is not null || Until < DateOnly.FromDateTime(at.UtcDateTime)) return ApprovalErrors.CoverIsOver;

        EndedAt = at;
        return Result.Success;
    }
}
