using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What was done to a window or a freeze, by whom and when.</summary>
public sealed record CalendarChange(string Kind, Actor By, DateTimeOffset At, string Text);

/// <summary>The instants that a recurrence spans.</summary>
/// <param name="Begins">When it starts for the first time.</param>
/// <param name="Ends">When it is over for the last time; null for never.</param>
public readonly record struct RecurrenceSpan(DateTimeOffset Begins, DateTimeOffset? Ends);

/// <summary>A period in which deployment to a scope is permitted (domain §1.4), once or again and again. It is ended, never deleted.</summary>
public sealed class Window
{
    private Window() { }

    public WindowId Id { get; private init; }

    /// <summary>Such as <c>WIN-2026-000004</c>.</summary>
    public string Number { get; private init; } = "";

    public string Name { get; private set; } = "";

    /// <summary>What it is for, in a sentence.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Whom to ask about it: a person or a team.</summary>
    public string Owner { get; private set; } = "";

    public CalendarScope Scope { get; private init; } = new();

    public Recurrence When { get; private set; } = null!;

    /// <summary>The first start.</summary>
    public DateTimeOffset BeginsAt { get; private set; }

    /// <summary>The last end; null where it never ends by itself.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public Actor DefinedBy { get; private init; } = Actor.System;

    public DateTimeOffset DefinedAt { get; private init; }

    /// <summary>From then on it opens nothing; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<CalendarChange> History { get; private set; } = [];

    public bool IsOver(DateTimeOffset at) => EndedAt <= at || EndsAt <= at;

    public static Window Define(string number, string name, string reason, string owner, CalendarScope scope, Recurrence when, RecurrenceSpan span, Actor by, DateTimeOffset at) =>
        new()
        {
            Id = WindowId.New(),
            Number = number,
            Name = name,
            Reason = reason,
            Owner = owner,
            Scope = scope,
            When = when,
            BeginsAt = span.Begins,
            EndsAt = span.Ends,
            DefinedBy = by,
            DefinedAt = at,
            History = [new CalendarChange("Define", by, at, $"{by.Name} defined it: {when.InWords()}.")],
        };

    /// <summary>Says anew when and why; where it holds never changes. Refused with <c>window.ended</c>.</summary>
    public Result Change(string name, string reason, string owner, Recurrence when, RecurrenceSpan span, Actor by, DateTimeOffset at)
    {
        if (EndedAt is not null) return CalendarErrors.WindowEnded(Number);

        var told = when == When ? $"{by.Name} changed its words." : $"{by.Name} changed it from “{When.InWords()}” to “{when.InWords()}”.";
        (Name, Reason, Owner, When, BeginsAt, EndsAt) = (name, reason, owner, when, span.Begins, span.Ends);
        History = [.. History, new CalendarChange("Change", by, at, told)];
        return Result.Success;
    }

    /// <summary>It opens nothing from now on. Refused with <c>window.ended</c>.</summary>
    public Result End(string reason, Actor by, DateTimeOffset at)
    {
        if (EndedAt is not null) return CalendarErrors.WindowEnded(Number);

        EndedAt = at;
        History = [.. History, new CalendarChange("End", by, at, $"{by.Name} ended it: {reason}")];
        return Result.Success;
    }

    /// <summary>What of a time that its recurrence gives it really opens; empty for nothing.</summary>
    public Occurrence Opens(Occurrence when) => EndedAt is { } ended ? when.Within(Occurrence.Always with { End = ended }) : when;
}
