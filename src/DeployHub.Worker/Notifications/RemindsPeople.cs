using DeployHub.Features.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Notifications;

/// <summary>Says what became due or overdue because time passed: reviews, decisions, acknowledgements. Of several workers one does, at a time.</summary>
internal sealed class RemindsPeople(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<RemindsPeople> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>What is due by a day is not urgent by the second, and rings come with every step of every run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateTimeOffset _remindsAgainAt;

    protected override string What => "People could not be reminded";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (Clock.GetUtcNow() is var now && now < _remindsAgainAt) return false;

        foreach (var part in Reminders.Parts) await RemindAsync(part, stoppingToken);
        _remindsAgainAt = now + Every;
        return false;
    }

    /// <summary>In a transaction of its own: what cannot be reminded of keeps nobody else from hearing.</summary>
    private async Task RemindAsync(Reminders.Part part, CancellationToken stoppingToken)
    {
        try
        {
            await scopes.InTransactionAsync(Clock, async (db, at, cancellationToken) =>
            {
                await db.RemindAsync(part, at, cancellationToken);
                return true;
            }, stoppingToken);
        }
        catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogWarning(trouble, "People could not be reminded of {What} yet", part.Of);
        }
    }
}
