using System.Collections.Concurrent;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// Renews what this worker holds, all in one statement. Renewing never touches the run's version. A lease that could not be renewed in
/// time belongs to somebody else by now, so its work is stopped.
/// </summary>
internal sealed class Leases(IServiceScopeFactory scopes, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<Leases> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Lease, bool> _held = [];

    /// <summary>For one visit; steps that run together share what is stored. A worker that was paused since its claim may find the lease over: then nothing may begin.</summary>
    public Lease Hold(Claimed claimed, CancellationToken hurry)
    {
        var lease = new Lease(this, claimed.TargetRun, claimed.Fence, claimed.LeaseUntil, hurry);
        if (lease.Until <= clock.GetUtcNow()) lease.Lose();
        _held[lease] = true;
        return lease;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RenewEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) // stopped only after the last steps have ended: they were registered later
        {
            try
            {
                await RenewAsync(CancellationToken.None);
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "Leases could not be renewed");
                foreach (var lease in _held.Keys.Where(lease => lease.Until <= clock.GetUtcNow())) lease.Lose();
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        Lease[] held = [.. _held.Keys];
        if (held.Length == 0) return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var (ids, fences, until) = (held.Select(lease => lease.TargetRun.Value).ToArray(), held.Select(lease => lease.Fence).ToArray(), clock.GetUtcNow() + options.Value.Lease);
        var renewed = await db.Database.SqlQuery<Renewed>(
            $"""
            update target_runs set lease_until = {until}
            from unnest({ids}, {fences}) as mine (mine_id, mine_fence)
            where id = mine_id and fence = mine_fence and lease_until is not null
            returning id, fence
            """).ToListAsync(cancellationToken);

        foreach (var lease in held)
            if (renewed.Contains(new Renewed(lease.TargetRun.Value, lease.Fence))) lease.Until = until;
            else if (_held.ContainsKey(lease)) lease.Lose();
    }

    private sealed record Renewed(Guid Id, int Fence);

    /// <summary>The right to work on one target run, until it is disposed or lost.</summary>
    internal sealed class Lease(Leases leases, TargetRunId targetRun, int fence, DateTimeOffset until, CancellationToken hurry) : IDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(hurry);

        public TargetRunId TargetRun => targetRun;

        public int Fence => fence;

        public DateTimeOffset Until { get; set; } = until;

        /// <summary>Somebody else has the work by now.</summary>
        public bool IsLost { get; private set; }

        public CancellationToken Token => _stop.Token;

        public void Lose()
        {
            IsLost = true;
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // its visit has ended meanwhile
            }
        }

        public void Dispose()
        {
            leases._held.TryRemove(this, out _);
            _stop.Dispose();
        }
    }
}
