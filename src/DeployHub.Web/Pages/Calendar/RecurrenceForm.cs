using System.Globalization;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

public enum Repeats
{
    Once,
    EveryDay,
    EveryWeek,
    ByRule,
}

/// <summary>When something happens, as people type it: the first one, then how it repeats.</summary>
public sealed class RecurrenceForm
{
    public static readonly IReadOnlyList<SelectListItem> Weekdays =
    [
        new("Monday", "MO"), new("Tuesday", "TU"), new("Wednesday", "WE"), new("Thursday", "TH"), new("Friday", "FR"), new("Saturday", "SA"), new("Sunday", "SU"),
    ];

    public DateTime? Start { get; set; }

    public DateTime? End { get; set; }

    public string? Zone { get; set; }

    public Repeats Repeats { get; set; } = Repeats.EveryWeek;

    /// <summary>Of every week; none is the weekday of the first one.</summary>
    public List<string> Days { get; set; } = [];

    /// <summary>The last day on which it may start.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>RRULE, where people know it.</summary>
    public string? Rule { get; set; }

    /// <summary>One day a line.</summary>
    public string? Except { get; set; }

    /// <summary>Null where a day that is left out is no day; the field says so.</summary>
    public RecurrenceInput? Read(ModelStateDictionary state, string prefix)
    {
        var days = new List<DateOnly>();
        foreach (var line in (Except ?? "").Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (DateOnly.TryParseExact(line, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) days.Add(day);
            else state.AddModelError($"{prefix}.{nameof(Except)}", $"“{line}” is no day. Write days as 2026-12-24, one a line.");

        return state.IsValid ? new RecurrenceInput { Start = Start, End = End, Zone = Zone ?? "", Rule = RuleText, Except = days } : null;
    }

    public static RecurrenceForm Of(Recurrence recurrence)
    {
        var simple = recurrence.Rule?.Split(';').All(part => part is "FREQ=DAILY" or "FREQ=WEEKLY" || part.StartsWith("BYDAY=", StringComparison.Ordinal) || part.StartsWith("UNTIL=", StringComparison.Ordinal)) == true;
        var until = recurrence.Part("UNTIL") is { Length: 8 } day && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? last : (DateOnly?)null;
        var isWeekly = simple && recurrence.Part("FREQ") == "WEEKLY" && (recurrence.Part("UNTIL") is null || until is not null);
        var isDaily = simple && recurrence.Part("FREQ") == "DAILY" && recurrence.Part("BYDAY") is null && (recurrence.Part("UNTIL") is null || until is not null);
        return new RecurrenceForm
        {
            Start = recurrence.Start,
            End = recurrence.Start + recurrence.Duration,
            Zone = recurrence.Zone,
            Repeats = recurrence.Rule is null ? Repeats.Once : isWeekly ? Repeats.EveryWeek : isDaily ? Repeats.EveryDay : Repeats.ByRule,
            Days = isWeekly ? [.. recurrence.Part("BYDAY")?.Split(',') ?? []] : [],
            Until = isWeekly || isDaily ? until : null,
            Rule = isWeekly || isDaily ? null : recurrence.Rule,
            Except = string.Join('\n', recurrence.Except.Select(left => left.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        };
    }

    private string? RuleText => Repeats switch
    {
        Repeats.EveryDay => $"FREQ=DAILY{UntilPart}",
        Repeats.EveryWeek => $"FREQ=WEEKLY{(Days.Count == 0 ? "" : $";BYDAY={string.Join(',', Days)}")}{UntilPart}",
        Repeats.ByRule => Rule.OrNull() ?? "FREQ=",
        _ => null,
    };

    private string UntilPart => Until is { } last ? $";UNTIL={last:yyyyMMdd}" : "";
}
