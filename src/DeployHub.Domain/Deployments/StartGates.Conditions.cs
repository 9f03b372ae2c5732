using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Conditions;

namespace DeployHub.Domain.Deployments;

/// <summary>What an exception was granted for, where that has to be done first (domain J1).</summary>
public static partial class StartGates
{
    /// <summary>None where no exception says so. What organisations ask for stands in their own gate, and what started does not wait any more.</summary>
    private static IEnumerable<Gate> Conditions(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        if (calendar is null || deployment.IsUnderWay) return [];

        var counting = calendar.Exceptions.Where(exception => exception.IsInForce(deployment.PlanDigest, 0, now));
        var first = PlanCondition.Of(deployment, counting).Where(condition => condition is { BeforeStart: true, IsOfException: true }).ToList();
        if (first.Count == 0) return [];

        var owed = first.FindAll(condition => condition.IsOwed);
        return
        [
            new Gate(GateKind.Conditions, owed.Count == 0, owed.Count == 0
                ? "What had to be done before the start is done."
                : $"{string.Join(' ', owed.Select(condition => $"{condition.From}, wants “{condition.Text}” before the start."))} {Words.List(owed.Select(condition => condition.Owner.Name).Distinct())} says when it is met."),
        ];
    }
}
