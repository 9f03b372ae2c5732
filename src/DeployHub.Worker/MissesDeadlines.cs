using DeployHub.Features.Deployments.Aligning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Notices who did not answer an alignment request in time. A deployment is locked while it is settled, so two workers do not settle the same one.</summary>
internal sealed class MissesDeadlines(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<MissesDeadlines> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    protected override string What => "Deadlines of alignment requests could not be looked at";

    protected override Task<bool> LookAtOneAsync(CancellationToken stoppingToken) =>
        scopes.InTransactionAsync(Clock, (db, at, cancellationToken) => db.MissOneDeadlineAsync(at, cancellationToken), stoppingToken);
}
