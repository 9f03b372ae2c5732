using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>How the change stands that a plan names, as far as DeployHub knows.</summary>
/// <param name="Tool">Name of the change tool.</param>
/// <param name="Seen">What the tool said last; null while it never answered.</param>
/// <param name="SeenAt">When it said so; null as well once the connection is one that might judge otherwise, until it answers anew.</param>
/// <param name="Trouble">Why the last look failed.</param>
/// <param name="StandsForApprovals">Its connection lets it stand for approvals.</param>
/// <param name="AuthorisedSince">Since when every answer said so.</param>
public sealed record ChangeStanding(
    string Tool, string Number, ChangeSeen? Seen, DateTimeOffset? SeenAt, string? Trouble, WhenUnreachable Unreachable, bool StandsForApprovals = false, DateTimeOffset? AuthorisedSince = null)
{
    /// <summary>How long what was seen counts while the tool does not answer.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>What it gave counts no more: the tool says otherwise, or the connection does. Silence takes nothing back.</summary>
    public bool TakesBack => !StandsForApprovals || Seen is { IsAuthorised: false };

    /// <summary>As it stands for approvals now; null while it does not.</summary>
    public GivenByChange? Gives(DateTimeOffset now) =>
        this is { StandsForApprovals: true, Seen: { } seen, SeenAt: { } seenAt, AuthorisedSince: { } since } && Objection(false, now) is null
            ? new GivenByChange(Number, Tool, seen.InWords, seenAt, since, seen.Link) : null;

    /// <summary>For how many approvals it stands once it is authorised, in a sentence; null for none.</summary>
    public string? StandsFor(int approvals) =>
        StandsForApprovals && approvals > 0 ? $"{Number} stands for {Words.Count(approvals, "approval")} once it is authorised in {Tool}." : null;

    public bool IsStale(DateTimeOffset now) => !(SeenAt + Fresh >= now);

    /// <summary>Why nothing may start, in a sentence with the next best thing; null where it may.</summary>
    /// <param name="isUnderWay">A run started while the change was authorised, or before anybody asked for that: only what the tool says stops it, not its silence.</param>
    public string? Objection(bool isUnderWay, DateTimeOffset now) => Seen switch
    {
        null when isUnderWay => null,
        null when Trouble is null => $"{Number} is being looked up in {Tool}, which takes a moment.",
        null => $"{Number} could not be looked up in {Tool}: {Trouble} It is tried again every minute.",
        { IsKnown: false } => $"{Tool} knows no change {Number}. Edit the plan to name the right one, or have it entered there.",
        { IsAuthorised: false } => $"{Number} is {Seen.InWords} in {Tool}, which is not authorised: whoever owns the change there moves it on.",
        _ when isUnderWay || !IsStale(now) => null,
        _ when Trouble is null => $"{Number} is being looked up in {Tool} again, which takes a moment.",
        _ when SeenAt is null => $"{Number} could not be looked up since the connection to {Tool} was changed: {Trouble} It is tried again every minute.",
        _ when Unreachable is WhenUnreachable.Hold =>
            $"{Number} was authorised in {Tool} at {SeenAt:yyyy-MM-dd HH:mm} UTC and could not be looked up since: {Trouble} It is tried again every minute; an administrator may let what was seen last count.",
        _ => null,
    };

    /// <summary>Why it may start, with what to think of.</summary>
    public string Sentence(Slot? slot, DateTimeOffset now)
    {
        if (Seen is null || SeenAt is null) return $"{Number} was not looked up in {Tool} yet, which stops nothing that is under way.";

        var stale = IsStale(now) ? $" {Tool} has not answered since, and what it said last counts." : "";
        return $"{Number} is {Seen.InWords} in {Tool}, seen at {SeenAt:yyyy-MM-dd HH:mm} UTC.{stale}{(Seen.Warning(slot) is { } warning ? $" {warning}" : "")}";
    }
}
