using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>What a planned deployment could take instead: one question, so that no two pages offer two lists.</summary>
internal static class NextFreeSlots
{
    /// <summary>The next three slots in which it would be over in time, from its own slot on, as the refusal of that slot looks for them.</summary>
    /// <param name="kept">Times that are not offered, besides those that others hold.</param>
    public static async Task<IReadOnlyList<Slot>> NextFreeAsync(
        this DeployHubDb db, Deployment deployment, CalendarFacts facts, DateTimeOffset at, CancellationToken cancellationToken, IEnumerable<Occurrence>? kept = null)
    {
        var after = deployment.Slot is { } slot && slot.Start > at ? slot.Start : at;
        var taken = await db.TakenTimesAsync(deployment, at, cancellationToken);
        var free = facts.Times.FreeSlots(facts.LengthFor(deployment), after, deployment.Plan.Category, busy: [.. taken, .. kept ?? []]);
        return [.. free.Select(time => new Slot(time.Start, time.End))];
    }
}
