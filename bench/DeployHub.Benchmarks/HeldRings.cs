using Hangfire;
using Hangfire.Common;
using Hangfire.States;

namespace DeployHub.Benchmarks;

/// <summary>Rings that a benchmark holds back, so that work can be queued while the worker beside it in the process knows of nothing.</summary>
internal sealed class HeldRings(JobStorage storage) : IBackgroundJobClient
{
    private readonly BackgroundJobClient _jobs = new(storage);

    public bool AreHeld { get; set; }

    public string? Create(Job job, IState state) => AreHeld ? null : _jobs.Create(job, state);

    public bool ChangeState(string jobId, IState state, string expectedState) => _jobs.ChangeState(jobId, state, expectedState);
}
