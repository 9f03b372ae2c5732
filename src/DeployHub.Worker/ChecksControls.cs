using DeployHub.Domain.Audit;
using DeployHub.Features.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Looks whether controls held (domain §6.6). Of several workers one does, at a time.</summary>
internal sealed class ChecksControls(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ChecksControls> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>Controls are about days, and nothing waits for them.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTimeOffset _looksAgainAt;

    protected override string What => "Controls could not be checked";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (Clock.GetUtcNow() is var now && now < _looksAgainAt) return false;

        foreach (var check in Enum.GetValues<ControlCheck>()) await CheckAsync(check, stoppingToken);
        _looksAgainAt = now + Every;
        return false;
    }

    /// <summary>In a transaction of its own: what cannot be checked keeps nobody from the others.</summary>
    private async Task CheckAsync(ControlCheck check, CancellationToken stoppingToken)
    {
        try
        {
            await scopes.InTransactionAsync(Clock, async (db, at, cancellationToken) =>
            {
                await db.CheckControlAsync(check, at, cancellationToken);
                return true;
            }, stoppingToken);
        }
        catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogWarning(trouble, "The control {Check} could not be checked yet", check);
        }
    }
}
