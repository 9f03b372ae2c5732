using DeployHub.Features.Data;
using DeployHub.Features.Models.Analysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// Keeps the figures of models, and makes their reviews when they are due. A model is taken before it is looked at, so two workers do not analyse the
/// same one; what both of them would schedule the database admits once.
/// </summary>
internal sealed class LooksAfterModels(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<LooksAfterModels> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>Nothing here is urgent, and rings come with every step of every run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateTimeOffset _looksAgainAt;

    protected override string What => "Models could not be looked after";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        var at = Clock.GetUtcNow();
        if (at < _looksAgainAt) return false;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.TakeDueModelAsync(at, stoppingToken) is not { } model)
        {
            _looksAgainAt = at + Every;
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stoppingToken);
        await db.LookAfterModelAsync(model, at, stoppingToken);
        await db.SaveChangesAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
        return true;
    }
}
