using DeployHub.Domain.Runs;
using Hangfire;
using Microsoft.Extensions.Logging;

namespace DeployHub.Features.DueWork;

/// <summary>Tells the workers that a run fell due. State is the queue; this is only speed, so a broken bell is a warning.</summary>
public sealed class Doorbell(IBackgroundJobClient jobs, ILogger<Doorbell> logger)
{
    public void Ring(RunId run)
    {
        try
        {
            jobs.Enqueue<IRunJobs>(worker => worker.LookAtAsync(run.Value, CancellationToken.None));
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The doorbell is broken; the sweep will find run {RunId}", run.Value);
        }
    }
}
