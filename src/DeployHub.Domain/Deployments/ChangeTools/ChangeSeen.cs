namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>What a change tool said of a change.</summary>
/// <param name="IsKnown">It has the change; everything else is empty where it has not.</param>
/// <param name="IsAuthorised">It may be carried out now.</param>
/// <param name="State">As people read it there.</param>
/// <param name="Approval">Of ServiceNow, which approves a change apart from its state; null elsewhere.</param>
/// <param name="Summary">What it is about, in its own words.</param>
/// <param name="PlannedStart">Null where it says none.</param>
/// <param name="PlannedEnd">Null where it says none.</param>
/// <param name="Link">Where people read it.</param>
public sealed record ChangeSeen(
    bool IsKnown, bool IsAuthorised, string State, string? Approval = null, string Summary = "", DateTimeOffset? PlannedStart = null, DateTimeOffset? PlannedEnd = null, string? Link = null)
{
    public static readonly ChangeSeen Unknown = new(false, false, "");

    /// <summary>Such as “Scheduled”, approval “approved”.</summary>
    public string InWords => Approval is null ? $"“{State}”" : $"“{State}”, approval “{Approval}”";

    /// <summary>What of the slot lies outside the time that is planned there, in a sentence; null where nothing does.</summary>
    public string? Warning(Slot? slot)
    {
        if (slot is null || (PlannedStart is null && PlannedEnd is null)) return null;
        if (!(PlannedStart > slot.Start) && !(PlannedEnd < slot.End)) return null;

        var (from, to) = (PlannedStart is { } start ? $" from {start:yyyy-MM-dd HH:mm}" : "", PlannedEnd is { } end ? $" until {end:yyyy-MM-dd HH:mm}" : "");
        return $"The slot is not within the time that the change is planned for,{from}{to} UTC: move the slot, or have the change replanned.";
    }
}

/// <summary>What came of asking: either what was seen, or why nothing was.</summary>
/// <param name="RetryAfter">How long the tool asks to be left alone.</param>
public sealed record ChangeAnswer(ChangeSeen? Seen, string? Trouble = null, TimeSpan? RetryAfter = null);
