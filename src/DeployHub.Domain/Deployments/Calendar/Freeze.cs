using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Who may grant exceptions from a freeze: whoever has a quality where the deployment goes, or one person.</summary>
public sealed record ExceptionApprover(ApproverQuality? Quality = null, Actor? Person = null)
{
    public bool Is(Actor by, IReadOnlyCollection<ApproverQuality> qualities) => Person is { } person ? person.Is(by) : Quality is { } quality && qualities.Contains(quality);

    public string InWords() => Person?.Name ?? $"an approver with the quality {Words.Of(Quality ?? ApproverQuality.EnvironmentOwner)}";
}

/// <summary>A period in which deployment to a scope is forbidden unless an exception is granted (domain §1.4). It beats windows.</summary>
public sealed class Freeze
{
    private Freeze() { }

    public FreezeId Id { get; private init; }

    /// <summary>Such as <c>FRZ-2026-000002</c>.</summary>
    public string Number { get; private init; } = "";

    public string Name { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public CalendarScope Scope { get; private init; } = new();

    public Recurrence When { get; private init; } = null!;

    /// <summary>The first start.</summary>
    public DateTimeOffset BeginsAt { get; private init; }

    /// <summary>The last end; null where it never ends by itself.</summary>
    public DateTimeOffset? EndsAt { get; private init; }

    /// <summary>Changes of these categories may start all the same.</summary>
    public IReadOnlyList<ChangeCategory> Exempt { get; private init; } = [];

    public ExceptionApprover Approver { get; private init; } = new(ApproverQuality.EnvironmentOwner);

    public Actor DeclaredBy { get; private init; } = Actor.System;

    public DateTimeOffset DeclaredAt { get; private init; }

    public Actor? LiftedBy { get; private set; }

    /// <summary>From then on it forbids nothing; null while it holds.</summary>
    public DateTimeOffset? LiftedAt { get; private set; }

    public string? LiftReason { get; private set; }

    public static Freeze Declare(
        string number, string name, string reason, CalendarScope scope, Recurrence when, RecurrenceSpan span, IReadOnlyList<ChangeCategory> exempt, ExceptionApprover approver, Actor by, DateTimeOffset at) =>
        new()
        {
            Id = FreezeId.New(),
            Number = number,
            Name = name,
            Reason = reason,
            Scope = scope,
            When = when,
            BeginsAt = span.Begins,
            EndsAt = span.Ends,
            Exempt = [.. exempt.Distinct()],
            Approver = approver,
            DeclaredBy = by,
            DeclaredAt = at,
        };

    public FreezeStatus StatusAt(DateTimeOffset at) =>
        LiftedAt <= at ? FreezeStatus.Lifted : EndsAt <= at ? FreezeStatus.Ended : BeginsAt <= at ? FreezeStatus.Active : FreezeStatus.Declared;

    /// <summary>Takes it back: whoever declared it, or a deployment manager. Refused with <c>freeze.cannot-move</c> once it is over.</summary>
    /// <param name="isManager">Is a deployment manager where it holds.</param>
    public Result Lift(string reason, bool isManager, Actor by, DateTimeOffset at)
    {
        if (FreezeMoves.Table.Next(StatusAt(at), FreezeTrigger.Lift).Error is { } over) return over;
        if (!isManager && !DeclaredBy.Is(by)) return CalendarErrors.LiftedByOthers(Number, DeclaredBy);

        (LiftedBy, LiftedAt, LiftReason) = (by, at, reason);
        return Result.Success;
    }

    public bool Exempts(ChangeCategory category) => Exempt.Contains(category);

    /// <summary>What of a time that its recurrence gives it really forbids; empty for nothing.</summary>
    public Occurrence Forbids(Occurrence when) => LiftedAt is { } lifted ? when.Within(Occurrence.Always with { End = lifted }) : when;
}
