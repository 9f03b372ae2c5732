using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Makes the version available, and at the deadline says that nobody fetched it. Everything between is the target's own doing.</summary>
internal sealed class AwaitPullExecutor(TimeProvider clock) : StepExecutor<AwaitPull>
{
    protected override Task<StepOutcome> ExecuteAsync(AwaitPull settings, StepContext context, CancellationToken cancellationToken)
    {
        var left = context.StartedAt + (context.Timeout ?? TimeSpan.FromMinutes(15)) - clock.GetUtcNow();
        if (context.Ticket is null) context.Log.Write(LogStream.Hub, $"Available to {context.Subject} from now on.");
        return Task.FromResult<StepOutcome>(left <= TimeSpan.Zero
            ? new StepOutcome.TimedOut($"{context.Subject} did not fetch and report within {context.Timeout}.")
            : new StepOutcome.StillRunning("available", left) { ReportedBy = context.Subject });
    }
}
