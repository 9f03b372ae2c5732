using DeployHub.Domain;
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

    private static string Band(TimeSpan half, TimeSpan most)
    {
        var (from, to) = (In(half, UnitOf(most)), In(most, UnitOf(most)));
        return from == to ? $"{to} {UnitOf(most)}" : $"{from}–{to} {UnitOf(most)}";
    }

    private static string Coarse(TimeSpan span) => $"{In(span, UnitOf(span))} {UnitOf(span)}";

    private static string UnitOf(TimeSpan span) => span switch { { TotalSeconds: < 90 } => "s", { TotalMinutes: < 120 } => "min", _ => "h" };

    private static int In(TimeSpan span, string unit) => Math.Max(1, (int)Math.Round(unit switch { "s" => span.TotalSeconds, "min" => span.TotalMinutes, _ => span.TotalHours }));
}
