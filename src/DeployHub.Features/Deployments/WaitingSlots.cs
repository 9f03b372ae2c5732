using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What should be going on now and is not: it waits for a gate, or its run waits for a lock (domain §8.3, lock queue).</summary>
internal static class WaitingSlots
{
    /// <summary>So many at once, those that wait longest.</summary>
    private const int Most = 50;

    public static async Task<IReadOnlyList<ShowCalendar.WaitRow>> WaitsAsync(
        this DeployHubDb db, IReadOnlyList<ShowCalendar.SlotRow> slots, IReadOnlyList<ShowCalendar.LockRow> locks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = slots.Where(slot => slot.Reserved is null)
            .Where(slot => slot.Status is DeploymentStatus.InProgress || (slot.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled && slot.Start <= now && slot.End > now))
            .OrderBy(slot => slot.Start).Take(Most).Select(slot => slot.Number).ToList();
        if (late.Count == 0) return [];

        var found = await db.WithRunsAsync(db.Deployments.Where(deployment => late.Contains(deployment.Number)), cancellationToken);
        var before = found.Where(one => one.Deployment.Status is not DeploymentStatus.InProgress).Select(one => one.Deployment).ToList();
        var facts = before.Count == 0 ? new Dictionary<DeploymentId, GateFacts>() : await db.GateFactsAsync(before, now, cancellationToken);
        return
        [
            .. found.Select(one => facts.TryGetValue(one.Deployment.Id, out var known) ? BeforeRun(one.Deployment, known, locks, now) : InRun(one, locks))
                .OfType<ShowCalendar.WaitRow>().OrderBy(row => row.Since).ThenBy(row => row.Number, StringComparer.Ordinal),
        ];
    }

    private static ShowCalendar.WaitRow? BeforeRun(Deployment deployment, GateFacts facts, IReadOnlyList<ShowCalendar.LockRow> locks, DateTimeOffset now)
    {
        var held = HeldFor(deployment.Number, locks);
        var closed = StartGates.For(deployment, facts, now).Where(gate => !gate.IsOpen).Select(gate => gate.Sentence).ToList();
        if (held is not null) closed.Add($"{held.Holder} holds {held.Component} since {held.Since:yyyy-MM-dd HH:mm} UTC.");
        return closed.Count == 0 ? null : new(deployment.Number, deployment.Plan.Environment, deployment.Slot!.Start, held?.ReleaseExpectedAt, string.Join(" ", closed));
    }

    private static ShowCalendar.WaitRow? InRun(OpenDeployment found, IReadOnlyList<ShowCalendar.LockRow> locks) => found.Run is { WaitingFor: WaitingReason.Lock } run
        ? new(found.Deployment.Number, found.Deployment.Plan.Environment, run.QueuedAt, HeldFor(found.Deployment.Number, locks)?.ReleaseExpectedAt, run.WaitingSentence ?? "It waits for a lock.")
        : null;

    private static ShowCalendar.LockRow? HeldFor(string number, IEnumerable<ShowCalendar.LockRow> locks) => locks.FirstOrDefault(held => held.Waiting.Contains(number));
}
