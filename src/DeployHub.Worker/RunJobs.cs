using DeployHub.Features.DueWork;
using DeployHub.Worker.Drift;

namespace DeployHub.Worker;

/// <summary>Hangfire's way in.</summary>
internal sealed class RunJobs(TargetWork work, ScanForDrift scans) : IRunJobs
{
    public Task LookForDueWorkAsync(CancellationToken cancellationToken)
    {
        scans.Ring();
        return work.LookWhenFreeAsync(cancellationToken);
    }
}
