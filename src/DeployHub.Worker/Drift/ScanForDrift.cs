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
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Drift;

/// <summary>
/// Looks at targets outside of runs when they are due. Each is taken for as long as a look may last, so a lost worker's target is looked at by
/// another; a look that comes too late counts for nothing.
/// </summary>
internal sealed class ScanForDrift(
    IServiceScopeFactory scopes, FactReader facts, ISecrets secrets, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ScanForDrift> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = Patience * 2;

    private readonly Pools _pools = options.Value.ServedPools;

    private sealed record Taken(TargetId Target, string Name, Connection Connection, int Fence, DriftWatch Watch);

    protected override string What => "Targets could not be scanned for drift";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (await TakeAsync(stoppingToken) is not { } taken) return false;

        Ring();
        await LookAsync(taken, stoppingToken);
        return true;
    }

    private async Task<Taken?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), Clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockDueForScanAsync(at, _pools.Names, cancellationToken) is not { } target) return null;

        var scan = await db.DriftScans.FindAsync([target.Id], cancellationToken) ?? db.DriftScans.Add(DriftScan.Of(target.Id)).Entity;
        var environment = (await db.Environments.FindAsync([target.EnvironmentId], cancellationToken))!;
        var taken = new Taken(target.Id, target.Name, target.Connection, scan.Take(Lease, at), environment.Watch!);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    private async Task LookAsync(Taken taken, CancellationToken cancellationToken)
    {
        var (seen, trouble) = await SeeAsync(taken, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), Clock.GetUtcNow());
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
        using var limit = new CancellationTokenSource(Patience, Clock);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var context = new StepContext { Key = $"scan/{taken.Target.Value}", Subject = taken.Name, Connection = taken.Connection, StartedAt = Clock.GetUtcNow(), Log = Unheard.Log, Secrets = secrets };
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
}
