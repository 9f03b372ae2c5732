using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Communicating;

/// <summary>Somebody who is told that a version of a model was published: why, whether they looked, and whether they acknowledged it where that is asked (domain A6).</summary>
public sealed class PublicationReader
{
    /// <summary>So long before its day an acknowledgement that is missing is asked for once more.</summary>
    public const int DaysToRemind = 3;

    private PublicationReader() { }

    public ModelVersionId VersionId { get; private init; }

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    /// <summary>As they were called then.</summary>
    public string Name { get; private init; } = "";

    public ReaderReason Because { get; private init; }

    public DateTimeOffset ToldAt { get; private init; }

    /// <summary>When they looked at it first; null before.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>Null where nothing is asked of them.</summary>
    public AcknowledgementStatus? Status { get; private set; }

    /// <summary>The last day, by UTC, on which an acknowledgement is in time; null where none is asked.</summary>
    public DateOnly? DueOn { get; private init; }

    public DateTimeOffset? RemindedAt { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Why nobody waits for them, such as leave or another role.</summary>
    public string? ExemptBecause { get; private set; }

    public Actor? ExemptBy { get; private set; }

    /// <param name="dueOn">By when they acknowledge it; null where nothing is asked of them.</param>
    public static PublicationReader Tell(ModelVersionId version, Guid person, string name, ReaderReason because, DateOnly? dueOn, DateTimeOffset at) =>
        new() { VersionId = version, Person = person, Name = name, Because = because, DueOn = dueOn, Status = dueOn is null ? null : AcknowledgementStatus.Due, ToldAt = at };

    public void Open(DateTimeOffset at) => OpenedAt ??= at;

    /// <summary>They know of it. Refused with <c>publication.nothing-asked</c>, and with <c>publication.already-acknowledged</c>.</summary>
    public Result Acknowledge(DateTimeOffset at)
    {
        var moved = Move(AcknowledgementTrigger.Acknowledge);
        if (moved.Error is null) (AcknowledgedAt, OpenedAt) = (at, OpenedAt ?? at);
        return moved;
    }

    /// <summary>Nobody waits for them. Refused with <c>publication.own-exemption</c> to themselves.</summary>
    public Result Exempt(string reason, Actor by)
    {
        if (by.Id == Person.ToString()) return CommunicationErrors.OwnExemption;

        var moved = Move(AcknowledgementTrigger.Exempt);
        if (moved.Error is null) (ExemptBecause, ExemptBy) = (reason, by);
        return moved;
    }

    /// <summary>The day is over.</summary>
    /// <returns>False when that was so before, or nothing is asked of them.</returns>
    public bool PassDeadline() => Move(AcknowledgementTrigger.PassDeadline).Error is null;

    public void Remind(DateTimeOffset at) => RemindedAt = at;

    private Result Move(AcknowledgementTrigger on)
    {
        if (Status is not { } status) return CommunicationErrors.NothingAsked;
        if (status is AcknowledgementStatus.Acknowledged) return CommunicationErrors.AlreadyAcknowledged;
        var next = AcknowledgementMoves.Table.Next(status, on);
        if (next.Error is not null) return CommunicationErrors.NothingAsked;

        Status = next.Value;
        return Result.Success;
    }
}
