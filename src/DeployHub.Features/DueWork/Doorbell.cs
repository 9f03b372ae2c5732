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

    /// <summary>Call it when what fell due is committed: whoever hears it looks at the database.</summary>
    public void Ring()
    {
        try
        {
            if (!IsRinging()) jobs.Enqueue<IRunJobs>(worker => worker.LookForDueWorkAsync(CancellationToken.None));
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The doorbell is broken; the sweep will find what is due");
        }
    }

    /// <summary>A ring that nobody has taken yet will find what is due now, too. A job costs fifteen commits, this one statement.</summary>
    private bool IsRinging() =>
        storage.GetMonitoringApi().EnqueuedJobs(EnqueuedState.DefaultQueue, 0, 1) is [{ Value: EnqueuedJobDto { EnqueuedAt: { } since } }]
        && clock.GetUtcNow().UtcDateTime - since < Fresh;
}
