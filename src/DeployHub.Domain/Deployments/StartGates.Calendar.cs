using DeployHub.Domain.Deployments.Calendar;

namespace DeployHub.Domain.Deployments;

/// <summary>Windows and freezes: at the start, before each phase, and in words where they stand in the way of a slot.</summary>
public static partial class StartGates
{
    private static Gate InWindow(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        if (calendar is null || calendar.Times.IsUnbound) return new Gate(GateKind.Window, true, "No window binds it here: open at any time.");
        if (calendar.Times.OpenAround(now) is { } open)
        {
            var name = Words.List(calendar.Times.Windows.Where(window => window.When.Contains(now)).Select(window => $"“{window.Window.Name}”").Distinct());
            return new Gate(GateKind.Window, true, open.End >= calendar.Times.Range.End ? $"Inside window {name}." : $"Inside window {name} until {open.End:yyyy-MM-dd HH:mm} UTC.");
        }

        if (deployment.Plan.Category is ChangeCategory.Emergency) return new Gate(GateKind.Window, true, "No window is open now, and windows do not bind an emergency.") { IsWaived = true };

        var next = calendar.Times.Open.FirstOrDefault(later => later.Start > now);
        return new Gate(GateKind.Window, false, next == default
            ? $"No window opens here: ask {calendar.Owner}, who owns the environment, for one."
            : $"No window is open now; the next opens at {next.Start:yyyy-MM-dd HH:mm} UTC. Ask {calendar.Owner}, who owns the environment, for an earlier one.");
    }

    private static Gate Unfrozen(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        var freezes = calendar?.Times.FreezesAt(now, deployment.Plan.Category) ?? [];
        if (freezes.Count == 0) return new Gate(GateKind.Freeze, true, "Nothing is frozen here now.");

        if (freezes.FirstOrDefault(freeze => calendar!.Passing(deployment, freeze, now) is null) is { } blocking)
            return new Gate(GateKind.Freeze, false, $"{Frozen(blocking)} Move it, or ask for an exception; {blocking.Freeze.Approver.InWords()} decides.");

        var passing = freezes.Select(freeze => calendar!.Passing(deployment, freeze, now)!).DistinctBy(exception => exception.Id).ToList();
        return new Gate(GateKind.Freeze, true, $"Waived by exception {Words.List(passing.Select(exception => $"{exception.Number} until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC"))}.");
    }

    /// <summary>Such as “Frozen by “Weekend” (reduced staffing), declared by Dora, until 2026-12-07 06:00 UTC.”.</summary>
    public static string Frozen(FreezeTime freeze) =>
        $"Frozen by “{freeze.Freeze.Name}” ({freeze.Freeze.Reason.TrimEnd('.')}), declared by {freeze.Freeze.DeclaredBy.Name}, until {freeze.When.End:yyyy-MM-dd HH:mm} UTC.";
}
