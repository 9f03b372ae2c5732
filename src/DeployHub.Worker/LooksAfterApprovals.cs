using DeployHub.Features.Deployments.Approving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Reminds approvers, asks everybody when time runs out, lets old approvals expire. A deployment is locked while it is told the time, so two workers do not tell it twice.</summary>
internal sealed class LooksAfterApprovals(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<LooksAfterApprovals> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    protected override string What => "Approvals could not be looked after";

    protected override Task<bool> LookAtOneAsync(CancellationToken stoppingToken) =>
        scopes.InTransactionAsync(Clock, (db, at, cancellation) => db.PassTimeOfApprovalsAsync(at, cancellation), stoppingToken);
}
