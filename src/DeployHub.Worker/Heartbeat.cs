using System.Reflection;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Worker.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Says every few seconds that this worker is there and what it has in hand, hears whether somebody drains it, and says goodbye.</summary>
internal sealed class Heartbeat(
    IServiceScopeFactory scopes, TargetWork work, SecretStore secrets, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private static readonly string ProductVersion = typeof(Heartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private readonly Guid _instance = Guid.CreateVersion7();
    private DateTimeOffset _sweptAt;
    private DateTimeOffset? _startedAt;
    private bool _knowsTwin;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(StopAsync);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.BeatEvery, clock);
        do await TryAsync(BeatAsync);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A database that is away silences the worker on pages, and costs it nothing else.</summary>
    private async Task TryAsync(Func<DeployHubDb, DateTimeOffset, Task> say)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await say(scope.ServiceProvider.GetRequiredService<DeployHubDb>(), clock.GetUtcNow());
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The registry of workers could not be told how this one is");
        }
    }

    private async Task BeatAsync(DeployHubDb db, DateTimeOffset at)
    {
        var worker = await EntryAsync(db);
        if (worker.Instance != _instance) Start(worker, at);
        worker.Beat(work.HandsInUse, work.TakesWork, at);
        worker.Know(secrets.Names());
        await db.SaveChangesAsync();
        work.Drain(worker.DrainingSince is not null);
        await SweepAsync(db, at);
    }

    private async Task StopAsync(DeployHubDb db, DateTimeOffset at)
    {
        var worker = await EntryAsync(db);
        if (worker.Instance != _instance) return; // another process works under this name by now

        worker.Stop(at);
        await db.SaveChangesAsync();
    }

    private async Task<WorkerProcess> EntryAsync(DeployHubDb db) =>
        await db.Workers.FindAsync(options.Value.Name) ?? db.Workers.Add(WorkerProcess.Enter(options.Value.Name)).Entity;

    private void Start(WorkerProcess worker, DateTimeOffset at)
    {
        if (_startedAt is not null && worker.Instance != Guid.Empty && !_knowsTwin)
        {
            logger.LogWarning("Another process works under the name {Worker}, too. Nothing is done twice, but pages mix them up: give each worker a name of its own", worker.Name);
            _knowsTwin = true;
        }

        worker.Start(_instance, System.Environment.MachineName.ToLowerInvariant(), ProductVersion, options.Value.Hands, options.Value.ServedPools, _startedAt ??= at);
    }

    private async Task SweepAsync(DeployHubDb db, DateTimeOffset at)
    {
        if (at - _sweptAt < SweepEvery) return;

        _sweptAt = at;
        var forgotten = at - WorkerProcess.ForgottenAfter;
        await db.Workers.Where(worker => worker.LastSeenAt < forgotten).ExecuteDeleteAsync();
    }
}
