using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage.Monitoring;
using Microsoft.Extensions.Logging;

namespace DeployHub.Features.DueWork;

/// <summary>Tells the workers that something fell due. State is the queue; this is only speed, so a broken bell is a warning.</summary>
public sealed class Doorbell(IBackgroundJobClient jobs, JobStorage storage, TimeProvider clock, ILogger<Doorbell> logger)
{
    /// <summary>A ring that nobody heard for longer may have been missed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The queue in which workers of a pool listen. Hangfire's names know no dots.</summary>
    public static string QueueOf(string pool) => pool.Replace('.', '_');

    /// <summary>Call it when what fell due is committed: whoever hears it looks at the database.</summary>
    public void Ring() => Ring(Pools.Default);

    /// <summary>Tells those who can move the run, and those whom it gives work.</summary>
    public void RingFor(Run run, DateTimeOffset at)
    {
        foreach (var pool in run.PoolsWithWork(at).Append(Pools.Default).Distinct()) Ring(pool);
    }

    /// <summary>Only workers of this pool hear it.</summary>
    public void Ring(string pool)
    {
        try
        {
            if (!IsRinging(QueueOf(pool))) jobs.Create<IRunJobs>(worker => worker.LookForDueWorkAsync(CancellationToken.None), new EnqueuedState(QueueOf(pool)));
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The doorbell is broken; the sweep will find what is due");
        }
    }

    /// <summary>A ring that nobody has taken yet will find what is due now, too. A job costs fifteen commits, this one statement.</summary>
    private bool IsRinging(string queue) =>
        storage.GetMonitoringApi().EnqueuedJobs(queue, 0, 1) is [{ Value: EnqueuedJobDto { EnqueuedAt: { } since } }]
        && clock.GetUtcNow().UtcDateTime - since < Fresh;
}
