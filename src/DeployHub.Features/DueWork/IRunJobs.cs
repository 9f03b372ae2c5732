using Hangfire;

namespace DeployHub.Features.DueWork;

/// <summary>What Hangfire calls on the worker's side. A ring only says “something is due”: losing or repeating one changes nothing (CR-1).</summary>
public interface IRunJobs
{
    [AutomaticRetry(Attempts = 0)] // trying again is the sweep's business
    Task LookForDueWorkAsync(CancellationToken cancellationToken);
}
