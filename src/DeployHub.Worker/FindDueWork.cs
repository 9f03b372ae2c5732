using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>The sweep: looks for what is due and whose ring was lost, and for what lost workers left behind.</summary>
internal sealed class FindDueWork(TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        do work.Look();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
