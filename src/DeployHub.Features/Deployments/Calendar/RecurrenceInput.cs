using DeployHub.Domain;
using DeployHub.Domain.Deployments.Calendar;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>When, as people and programs say it: wall time of the first start and end in a named zone, and a rule for the others.</summary>
public sealed record RecurrenceInput
{
    /// <summary>Wall time in the zone, such as <c>2026-12-04T15:00</c>; no offset.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Wall time at which the first one ends.</summary>
    public DateTime? End { get; init; }

    /// <summary>IANA name, such as <c>Europe/Stockholm</c>.</summary>
    public string Zone { get; init; } = "";

    /// <summary>RRULE of RFC 5545, such as <c>FREQ=WEEKLY;BYDAY=FR</c>; null for once. A rule without UNTIL and COUNT never ends.</summary>
    public string? Rule { get; init; }

    /// <summary>Days, in the zone, on which it does not start.</summary>
    public IReadOnlyList<DateOnly> Except { get; init; } = [];

    /// <summary>Evaluated once, so that whatever is wrong with it is said now, with its field.</summary>
    internal Result<Recurrence> Bind()
    {
        if (Start is not { } start) return Error.Invalid("recurrence.start-missing", "When.Start", "Say when it starts for the first time.");
        if (End is not { } end) return Error.Invalid("recurrence.end-missing", "When.End", "Say when the first one ends.");
        if (start.Kind is not DateTimeKind.Unspecified) return HasOffset("When.Start");
        if (end.Kind is not DateTimeKind.Unspecified) return HasOffset("When.End");
        if (string.IsNullOrWhiteSpace(Zone)) return Error.Invalid("recurrence.zone-missing", "When.Zone", "Say in which time zone, such as Europe/Stockholm.");

        var recurrence = new Recurrence(start, end - start, Zone.Trim(), Recurrence.RuleOf(Rule)) { Except = [.. (Except ?? []).Distinct().Order()] };
        return recurrence.FullObjection() is { } objection ? objection : recurrence;
    }

    public static RecurrenceInput Of(Recurrence recurrence) => new()
    {
        Start = recurrence.Start,
        End = recurrence.Start + recurrence.Duration,
        Zone = recurrence.Zone,
        Rule = recurrence.Rule,
        Except = recurrence.Except,
    };

    private static Error HasOffset(string field) =>
        Error.Invalid("recurrence.has-offset", field, "Write the wall time in the zone, such as 2026-12-04T15:00, without an offset and without Z.");
}
