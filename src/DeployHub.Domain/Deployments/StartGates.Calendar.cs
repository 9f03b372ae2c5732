using DeployHub.Domain.Deployments.Calendar;

namespace DeployHub.Domain.Deployments;

/// <summary>Windows and freezes: at the start, before each phase, and in words where they stand in the way of a slot.</summary>
public static partial class StartGates
{
    /// <summary>
    /// Windows and freezes are judged for the moment at which a run could begin: now, or the start of a slot that is still to come. A run under way is
    /// judged for now.
    /// </summary>
    private static DateTimeOffset JudgedFor(Deployment deployment, DateTimeOffset now) =>
        !deployment.IsUnderWay && deployment is { Slot: { } slot, EarliestStart: { } earliest } && now < earliest ? slot.Start : now;

    private static Gate InWindow(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        if (calendar is null || calendar.Times.IsUnbound) return new Gate(GateKind.Window, true, "No window binds it here: open at any time.");

        var at = JudgedFor(deployment, now);
        if (calendar.Times.OpenAround(at) is { } open)
        {
            var name = Words.List(calendar.Times.Windows.Where(window => window.When.Contains(at)).Select(window => $"“{window.Window.Name}”").Distinct());
            var inside = $"{(at == now ? "Inside" : $"At the slot's start, {at:ddd yyyy-MM-dd HH:mm} UTC, inside")} window {name}";
            return new Gate(GateKind.Window, true, open.End >= calendar.Times.Range.End ? $"{inside}." : $"{inside} until {open.End:yyyy-MM-dd HH:mm} UTC.");
        }

        var none = at == now ? "No window is open now" : $"No window is open at the slot's start, {at:ddd yyyy-MM-dd HH:mm} UTC";
        if (deployment.Plan.Category is ChangeCategory.Emergency) return new Gate(GateKind.Window, true, $"{none}, and windows do not bind an emergency.") { IsWaived = true };

        var next = calendar.Times.Open.FirstOrDefault(later => later.Start > at);
        return new Gate(GateKind.Window, false, next == default
            ? $"No window opens here: ask {calendar.Owner}, who owns the environment, for one."
            : $"{none}; the next opens at {next.Start:yyyy-MM-dd HH:mm} UTC. Ask {calendar.Owner}, who owns the environment, for an earlier one.");
    }

    private static Gate Unfrozen(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        var at = JudgedFor(deployment, now);
        var start = at == now ? "" : $"At the slot's start, {at:ddd yyyy-MM-dd HH:mm} UTC: ";
        var freezes = calendar?.Times.FreezesAt(at, deployment.Plan.Category) ?? [];
        if (freezes.Count == 0) return new Gate(GateKind.Freeze, true, at == now ? "Nothing is frozen here now." : $"{start}nothing is frozen here.");

        if (freezes.FirstOrDefault(freeze => calendar!.Passing(deployment, freeze, at) is null) is { } blocking)
            return new Gate(GateKind.Freeze, false, $"{start}{AfterColon(start, Frozen(blocking))} Move it, or ask for an exception; {blocking.Freeze.Approver.InWords()} decides.");

        var passing = freezes.Select(freeze => calendar!.Passing(deployment, freeze, at)!).DistinctBy(exception => exception.Id).ToList();
        return new Gate(
            GateKind.Freeze, true,
            $"{start}{AfterColon(start, "Waived")} by exception {Words.List(passing.Select(exception => $"{exception.Number} until {exception.ExpiresAt:yyyy-MM-dd HH:mm} UTC"))}.");
    }

    private static string AfterColon(string before, string sentence) => before.Length == 0 ? sentence : $"{char.ToLowerInvariant(sentence[0])}{sentence[1..]}";

    /// <summary>Such as “Frozen by “Weekend” (reduced staffing), declared by Dora, until 2026-12-07 06:00 UTC.”.</summary>
    public static string Frozen(FreezeTime freeze) =>
        $"Frozen by “{freeze.Freeze.Name}” ({freeze.Freeze.Reason.TrimEnd('.')}), declared by {freeze.Freeze.DeclaredBy.Name}, until {freeze.When.End:yyyy-MM-dd HH:mm} UTC.";
}
