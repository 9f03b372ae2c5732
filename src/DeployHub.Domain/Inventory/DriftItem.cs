using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

public enum DriftSeverity
{
    /// <summary>Touches a component or a declared prerequisite: a run halts.</summary>
    Blocking,

    /// <summary>Kept as evidence; a run goes on.</summary>
    Informational,
}

/// <summary>What happened to a drift item: who, when and why.</summary>
/// <param name="Became">The state it led to; the same state for what leaves it open, such as ignoring it.</param>
/// <param name="Change">The change that it is recorded as, an address or a number; null for none.</param>
public sealed record DriftEvent(DriftStatus Became, Actor By, DateTimeOffset At, string Text, string? Change = null);

/// <summary>A difference between desired and observed state of a target that no recorded run has caused (domain §1.3, §2.3.5).</summary>
public sealed class DriftItem
{
    public static readonly TimeSpan LongestIgnored = TimeSpan.FromDays(90);

    private DriftItem() { }

    public DriftItemId Id { get; private init; }

    public TargetId TargetId { get; private init; }

    public FactKind Kind { get; private init; }

    /// <summary>Such as <c>package openssl</c>; of all items about one subject of a target at most one is open.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>As the fact is named: for a component its key.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What the fact was declared to be; null when nothing was declared.</summary>
    public string? Expected { get; private set; }

    public string Desired { get; private set; } = "";

    public string Observed { get; private set; } = "";

    public DriftSeverity Severity { get; private set; }

    public DriftStatus Status { get; private set; }

    public DateTimeOffset DetectedAt { get; private init; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>What looked last: a run, a scan, or who reported it.</summary>
    public string SeenBy { get; private set; } = "";

    /// <summary>Until then it is in nobody's way.</summary>
    public DateTimeOffset? IgnoredUntil { get; private set; }

    /// <summary>The record of the version change that it shows; null for none.</summary>
    public UnmanagedDeploymentId? UnmanagedId { get; private set; }

    /// <summary>Everything that happened to it, oldest first.</summary>
    public IReadOnlyList<DriftEvent> History { get; private set; } = [];

    public bool IsOpen => !DriftMoves.Table.IsFinal(Status);

    public bool IsBlocking(DateTimeOffset now) => IsOpen && Severity is DriftSeverity.Blocking && !IsIgnored(now);

    public bool IsIgnored(DateTimeOffset now) => IgnoredUntil > now;

    /// <summary>Such as “package openssl is 3.0.8 instead of 3.0.7”.</summary>
    public string Sentence => $"{Subject} is {Observed} instead of {Desired}";

    public static DriftItem Detect(TargetId target, WatchedFact fact, string desired, string observed, string seenBy, DateTimeOffset at)
    {
        var item = new DriftItem
        {
            Id = DriftItemId.New(),
            TargetId = target,
            Kind = fact.Kind,
            Subject = fact.Subject,
            Name = fact.Name,
            DetectedAt = at,
        };
        item.SeeAgain(fact, desired, observed, seenBy, at);
        item.Note(Actor.System, at, $"{seenBy} saw {observed} instead of {desired}.");
        return item;
    }

    /// <summary>
    /// Another value than before is told, and asks again for the attention of whoever ignored or confirmed the former; so does what blocks by now. What
    /// blocks does so until it is closed, whoever looks next: else another declaration would wave it through in the owner's stead.
    /// </summary>
    internal void SeeAgain(WatchedFact fact, string desired, string observed, string seenBy, DateTimeOffset at)
    {
        var isKnown = History.Count > 0;
        var severity = isKnown && Severity is DriftSeverity.Blocking ? Severity : fact.Severity;
        if (isKnown && (observed, desired, severity) != (Observed, Desired, Severity))
        {
            var text = $"{seenBy} saw {observed} instead of {desired}{(severity == Severity ? "" : ", which blocks a deployment now")}.";
            IgnoredUntil = null;
            if (observed != Observed) UnmanagedId = null; // its record tells of another change
            if (observed != Observed && Status is DriftStatus.Confirmed) Move(DriftTrigger.Change, Actor.System, at, text);
            else Note(Actor.System, at, text);
        }

        (Expected, Desired, Observed, Severity, LastSeenAt, SeenBy) = (fact.Expect, desired, observed, severity, at, seenBy);
    }

    /// <summary>The difference is gone.</summary>
    internal void Vanish(string seenBy, DateTimeOffset at)
    {
        (LastSeenAt, SeenBy) = (at, seenBy);
        Move(DriftTrigger.Vanish, Actor.System, at, $"{seenBy} saw {Desired}.");
    }

    internal void Explain(string run, string observed, DateTimeOffset at)
    {
        (Observed, LastSeenAt) = (observed, at);
        Move(DriftTrigger.Explain, Actor.System, at, $"{run} changed it to {observed}.");
    }

    /// <summary>A run has put a version there: what was seen may have been its work, or is gone.</summary>
    /// <param name="label">What is there now.</param>
    public void Deployed(string label, string run, DateTimeOffset at)
    {
        if (Observed == label) Explain(run, label, at);
        else Move(DriftTrigger.Vanish, Actor.System, at, $"{run} put {label} there.");
    }

    /// <summary>The version change that it shows has a record of its own (domain §2.3.5).</summary>
    public void BelongTo(UnmanagedDeployment record) => UnmanagedId = record.Id;

    public Result Confirm(string note, Actor by, DateTimeOffset at) => Move(DriftTrigger.Confirm, by, at, note);

    /// <summary>Only together with <see cref="TargetBaseline"/>, which remembers since when another run may explain it.</summary>
    internal Result Correct(string how, Actor by, DateTimeOffset at) => Move(DriftTrigger.Correct, by, at, how);

    /// <summary>Only <see cref="TargetBaseline"/> and the desired version make it true; they accept it together.</summary>
    internal Result Accept(string reason, string change, Actor by, DateTimeOffset at) => Move(DriftTrigger.Accept, by, at, reason, change);

    internal Result Dismiss(string reason, Actor by, DateTimeOffset at) => Move(DriftTrigger.Dismiss, by, at, reason);

    /// <summary>Refused with <c>drift-item.ignored-until</c> for an instant that is past or too far away.</summary>
    public Result Ignore(DateTimeOffset until, string reason, Actor by, DateTimeOffset at)
    {
        if (!IsOpen) return DriftErrors.IsOver(Status);
        if (until <= at || until > at + LongestIgnored) return DriftErrors.IgnoredUntil;

        IgnoredUntil = until;
        Note(by, at, $"Ignored until {until:yyyy-MM-dd HH:mm} UTC: {reason}");
        return Result.Success;
    }

    private Result Move(DriftTrigger trigger, Actor by, DateTimeOffset at, string text, string? change = null)
    {
        var next = DriftMoves.Table.Next(Status, trigger);
        if (next.Error is { } refusal) return IsOpen ? refusal : DriftErrors.IsOver(Status);

        Status = next.Value;
        Note(by, at, text, change);
        return Result.Success;
    }

    private void Note(Actor by, DateTimeOffset at, string text, string? change = null) => History = [.. History, new DriftEvent(Status, by, at, text, change)];
}
