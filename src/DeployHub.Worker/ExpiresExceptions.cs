using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Ends exceptions from freezes whose time is over, so that whoever asked for one hears of it. Gates look at the clock themselves.</summary>
internal sealed class ExpiresExceptions(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ExpiresExceptions> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>Nothing waits for it, and rings come with every step of every run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private DateTimeOffset _looksAgainAt;

    protected override string What => "Exceptions from freezes could not be looked after";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        var at = Clock.GetUtcNow();
        if (at < _looksAgainAt) return false;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(stoppingToken);
        if (!await db.ExpireOneExceptionAsync(at, stoppingToken))
        {
            _looksAgainAt = at + Every;
            return false;
        }

        await db.SaveChangesAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
        return true;
    }
}
