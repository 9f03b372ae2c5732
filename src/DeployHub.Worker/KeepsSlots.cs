using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Slots;
using DeployHub.Features.DueWork;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// Starts deployments at their slot that are to start by themselves, tells of missed slots, and gives up what nobody started. One is taken before it is
/// looked at and its row is locked meanwhile, so it starts once whatever workers and people do.
/// </summary>
internal sealed class KeepsSlots(IServiceScopeFactory scopes, Doorbell doorbell, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<KeepsSlots> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>A slot begins to the minute, and rings come with every step of every run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private DateTimeOffset _looksAgainAt;

    protected override string What => "Slots could not be kept";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        var at = Clock.GetUtcNow();
        if (at < _looksAgainAt) return false;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.TakeDueSlotAsync(at, stoppingToken) is not { } deployment)
        {
            _looksAgainAt = at + Every;
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stoppingToken);
        var started = await db.KeepSlotAsync(deployment, at, stoppingToken);
        await db.SaveChangesAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
        if (started is not null) doorbell.Ring();
        return true;
    }
}
