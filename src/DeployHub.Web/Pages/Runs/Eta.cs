using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;

namespace DeployHub.Web.Pages.Runs;

/// <summary>How long a run takes, as people say it: “usually 4–7 min; about 3 min left”.</summary>
internal static class Eta
{
    public static string Sentence(Projection projection) => projection.Left switch
    {
        null => $"Usually {Band(projection.Half, projection.Most)}",
        { Ticks: 0 } when projection.LeftAtMost == TimeSpan.Zero => $"Usually {Band(projection.Half, projection.Most)}; longer than usual by now",
        { Ticks: 0 } => $"Usually {Band(projection.Half, projection.Most)}; at most {Coarse(projection.LeftAtMost!.Value)} left",
        { } left => $"Usually {Band(projection.Half, projection.Most)}; about {Coarse(left)} left",
    };

    public static string Source(ProjectRun.View projected) =>
        $"by {Words.Count(projected.Projection!.Runs, "run")} of this model{(projected.SameVersion ? " version" : " in other versions")} here";

    /// <summary>How the slot and the run go together.</summary>
    public static string Slot(SlotForecast slot, AtWindowEnd atWindowEnd)
    {
        if (!slot.IsTight) return $"The slot ends at {slot.End:HH:mm} UTC{(slot.PointOfNoReturn is { } last ? $"; until {last:HH:mm} a full rollback fits in it" : "")}.";

        var needs = slot.Needs is { Ticks: > 0 } more ? $"The run needs about {Coarse(more)} more, and " : "";
        var left = slot.Left == TimeSpan.Zero ? "the slot is over" : $"{Coarse(slot.Left)} of the slot {(Coarse(slot.Left).StartsWith("1 ", StringComparison.Ordinal) ? "is" : "are")} left";
        var sentence = needs + left;
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}. {AtEnd(atWindowEnd)}{(slot.PointOfNoReturn is { } point ? $" A full rollback fits in the slot until {point:HH:mm} UTC." : "")}";
    }

    private static string AtEnd(AtWindowEnd atWindowEnd) => atWindowEnd switch
    {
        AtWindowEnd.FinishRun => "The run goes on to its end all the same.",
        AtWindowEnd.RollBackIfNotDone => "When the slot is over the run finishes its phase and rolls itself back.",
        AtWindowEnd.HaltNow => "When the slot is over the run halts at once; an approver or a deployment manager may extend it then.",
        _ => "When the slot is over the run halts before its next phase; an approver or a deployment manager may extend it then.",
    };

    /// <summary>“4–7 min”, or one number where both are the same.</summary>
    public static string Band(TimeSpan half, TimeSpan most)
    {
        var (from, to) = (In(half, UnitOf(most)), In(most, UnitOf(most)));
        return from == to ? $"{to} {UnitOf(most)}" : $"{from}–{to} {UnitOf(most)}";
    }

    private static string Coarse(TimeSpan span) => $"{In(span, UnitOf(span))} {UnitOf(span)}";

    private static string UnitOf(TimeSpan span) => span switch { { TotalSeconds: < 90 } => "s", { TotalMinutes: < 120 } => "min", _ => "h" };

    private static int In(TimeSpan span, string unit) => Math.Max(1, (int)Math.Round(unit switch { "s" => span.TotalSeconds, "min" => span.TotalMinutes, _ => span.TotalHours }));
}
