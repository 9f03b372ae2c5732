using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>The sweep: looks at every run that is due and whose ring was lost, and at what lost workers left behind.</summary>
internal sealed class FindDueWork(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<FindDueWork> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The sweep for due work failed and is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var now = clock.GetUtcNow();
        var due = await db.Runs.Where(run => run.DueAt <= now).OrderBy(run => run.DueAt).Select(run => run.Id).Take(200).ToListAsync(cancellationToken);

        foreach (var run in due) await work.LookAtAsync(run, cancellationToken);
    }
}
