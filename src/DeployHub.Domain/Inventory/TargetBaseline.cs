using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>What a fact has to be from now on, because it was first seen so or because somebody accepted it.</summary>
/// <param name="Expected">What was declared when that was said; with another declaration it means nothing any more.</param>
/// <param name="SeenAt">When it was last seen so.</param>
/// <param name="Source">What saw it first: a run or a scan.</param>
public sealed record BaselineFact(string Subject, string? Expected, string Value, DateTimeOffset SeenAt, string Source)
{
    /// <summary>The environment's owner who accepted it; null for what was first seen.</summary>
    public Actor? AcceptedBy { get; init; }

    public string? Reason { get; init; }

    public string? Change { get; init; }

    /// <summary>Another value that people said is no difference.</summary>
    public string? FalseAlarm { get; init; }

    /// <summary>The environment's owner said so; what anybody else said counts only for what does not block.</summary>
    public bool IsFalseAlarmByOwner { get; init; }
}

/// <summary>The key settings and checksums of a target as they were observed and accepted (domain §1.3).</summary>
public sealed class TargetBaseline
{
    private TargetBaseline() { }

    public TargetId TargetId { get; private init; }

    public IReadOnlyList<BaselineFact> Facts { get; private set; } = [];

    public static TargetBaseline Of(TargetId target) => new() { TargetId = target };

    /// <summary>Null while nothing is known of the fact, or what is known was said of another declaration.</summary>
    public BaselineFact? Of(string subject, string? expected) => Facts.FirstOrDefault(fact => fact.Subject == subject && fact.Expected == expected);

    /// <summary>What was observed is desired from now on, with who said so, when and why.</summary>
    public Result Accept(DriftItem item, string reason, string change, Actor by, DateTimeOffset at)
    {
        var accepted = item.Accept(reason, change, by, at);
        if (accepted.Error is null) Set(new BaselineFact(item.Subject, item.Expected, item.Observed, at, item.SeenBy) { AcceptedBy = by, Reason = reason, Change = change });
        return accepted;
    }

    /// <summary>Somebody says that it is as desired again: no run before that explains another value.</summary>
    /// <param name="how">What was done to put it right.</param>
    public Result Correct(DriftItem item, string how, Actor by, DateTimeOffset at)
    {
        var corrected = item.Correct(how, by, at);
        if (corrected.Error is null && Of(item.Subject, item.Expected) is { } known) Set(known with { SeenAt = at });
        return corrected;
    }

    /// <summary>What was observed is no difference, for as long as the same is desired.</summary>
    /// <param name="isByOwner">Said by the environment's owner.</param>
    public Result Dismiss(DriftItem item, string reason, Actor by, bool isByOwner, DateTimeOffset at)
    {
        var dismissed = item.Dismiss(reason, by, at);
        if (dismissed.Error is null)
            Set((Of(item.Subject, item.Expected) ?? new BaselineFact(item.Subject, item.Expected, item.Desired, at, item.SeenBy)) with { Value = item.Desired, FalseAlarm = item.Observed, IsFalseAlarmByOwner = isByOwner });
        return dismissed;
    }

    internal void Set(BaselineFact fact) => Facts = [.. Facts.Where(known => known.Subject != fact.Subject), fact];
}
