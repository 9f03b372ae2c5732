using System.Threading.Channels;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Worker.Checks;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Drift;

/// <summary>
/// Looks at targets outside of runs when they are due. Each is taken for as long as a look may last, so a lost worker's target is looked at by
/// another; a look that comes too late counts for nothing.
/// </summary>
internal sealed class ScanForDrift(
    IServiceScopeFactory scopes, FactReader facts, ISecrets secrets, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ScanForDrift> logger) : BackgroundService
{
    private const int AtOnce = 4; // runs have the hands, this only looks
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = Patience * 2;

    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Pools _pools = options.Value.ServedPools;

    private sealed record Taken(TargetId Target, string Name, Connection Connection, int Fence, DriftWatch Watch);

    /// <summary>Something may be due.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (work.TakesWork && await TakeAsync(stoppingToken) is { Count: > 0 } taken)
                    await Task.WhenAll(taken.Select(target => LookAsync(target, stoppingToken)));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Targets could not be scanned for drift yet; their time comes again");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await RestAsync(stoppingToken);
        }
    }

    /// <summary>Until somebody rings, or it is time to look for what is due.</summary>
    private async Task RestAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(options.Value.SweepEvery, clock);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            await _rings.Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<List<Taken>> TakeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = new List<Taken>();
        foreach (var target in await db.LockDueForScanAsync(at, AtOnce, _pools.Names, cancellationToken))
        {
            var scan = await db.DriftScans.FindAsync([target.Id], cancellationToken) ?? db.DriftScans.Add(DriftScan.Of(target.Id)).Entity;
            var environment = (await db.Environments.FindAsync([target.EnvironmentId], cancellationToken))!;
            taken.Add(new Taken(target.Id, target.Name, target.Connection, scan.Take(Lease, at), environment.Watch!));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    private async Task LookAsync(Taken taken, CancellationToken cancellationToken)
    {
        var (seen, trouble) = await SeeAsync(taken, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isBeingChanged = await db.LockLookedAtAsync(taken.Target, cancellationToken);
        var scan = await db.DriftScans.SingleAsync(scan => scan.TargetId == taken.Target, cancellationToken);
        if (isBeingChanged) scan.PutOff(taken.Fence, at);
        else if (scan.Settle(taken.Fence, taken.Watch.Every, trouble, at)) await db.LookAsync(taken.Target, seen, "drift scan", at, cancellationToken);
        else return;

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<(IReadOnlyList<SeenFact> Seen, string? Trouble)> SeeAsync(Taken taken, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var context = new StepContext { Key = $"scan/{taken.Target.Value}", Subject = taken.Name, Connection = taken.Connection, StartedAt = clock.GetUtcNow(), Log = Unheard.Log, Secrets = secrets };
        try
        {
            var seen = (await facts.ReadAsync(taken.Watch.Facts, context, look.Token) ?? []).Select(masker.Mask).ToList();
            var unclear = seen.Where(fact => fact.Value is null).Select(fact => $"{fact.Fact.Subject} could not be read: {fact.Trouble}").ToList();
            return (seen, unclear.Count == 0 ? null : Words.Beginning(string.Join("; ", unclear), 900));
        }
        catch (HostRefusedException refused)
        {
            return ([], masker.Mask(refused.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], $"Took longer than {Patience.TotalSeconds:0} s and was given up.");
        }
    }

    /// <summary>A scan has no log of its own: what it saw is its result.</summary>
    private sealed class Unheard : IStepLog
    {
        public static readonly Unheard Log = new();

        public void Write(LogStream stream, string line)
        {
        }
    }
}
