using DeployHub.Features.DueWork;

namespace DeployHub.Worker;

/// <summary>Hangfire's way in.</summary>
internal sealed class RunJobs(TargetWork work, IEnumerable<LooksOutsideRuns> looks) : IRunJobs
{
    public Task LookForDueWorkAsync(CancellationToken cancellationToken)
    {
        foreach (var look in looks) look.Ring();
        return work.LookWhenFreeAsync(cancellationToken);
    }
}
