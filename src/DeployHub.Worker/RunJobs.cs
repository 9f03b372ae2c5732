using DeployHub.Domain.Runs;
using DeployHub.Features.DueWork;

namespace DeployHub.Worker;

/// <summary>Hangfire's way in.</summary>
internal sealed class RunJobs(TargetWork work) : IRunJobs
{
    public Task LookAtAsync(Guid runId, CancellationToken cancellationToken) => work.LookAtAsync(RunId.From(runId), cancellationToken);
}
