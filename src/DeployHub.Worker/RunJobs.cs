using DeployHub.Features.DueWork;

namespace DeployHub.Worker;

/// <summary>Hangfire's way in.</summary>
internal sealed class RunJobs(TargetWork work) : IRunJobs
{
    public Task LookForDueWorkAsync(CancellationToken cancellationToken) => work.LookWhenFreeAsync(cancellationToken);
}
