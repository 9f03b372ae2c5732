using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Hands the step to its readers.</summary>
internal sealed class AcknowledgeExecutor : StepExecutor<Acknowledge>
{
    protected override Task<StepOutcome> ExecuteAsync(Acknowledge settings, StepContext context, CancellationToken cancellationToken)
    {
        context.Log.Write(LogStream.Hub, $"Waiting for readers to confirm: {settings.Statement}");
        return Task.FromResult<StepOutcome>(new StepOutcome.NeedsPerson());
    }
}
