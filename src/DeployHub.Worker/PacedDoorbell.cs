using DeployHub.Features.DueWork;

namespace DeployHub.Worker;

/// <summary>Rings for other workers at most four times a second and pool. A ring that comes too soon is late, never lost.</summary>
internal sealed class PacedDoorbell(Doorbell doorbell, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _ringsAt = [];

    public void Ring(string pool)
    {
        var wait = ReserveRing(pool);
        if (wait == TimeSpan.Zero) doorbell.Ring(pool);
        else if (wait is { } pause) _ = RingLaterAsync(pool, pause);
    }

    /// <returns>The time until the ring; null when one is still to come.</returns>
    private TimeSpan? ReserveRing(string pool)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var last = _ringsAt.GetValueOrDefault(pool);
            if (last > now) return null;

            var next = last + Pace > now ? last + Pace : now;
            _ringsAt[pool] = next;
            return next - now;
        }
    }

    private async Task RingLaterAsync(string pool, TimeSpan pause)
    {
        await Task.Delay(pause, clock);
        doorbell.Ring(pool);
    }
}
