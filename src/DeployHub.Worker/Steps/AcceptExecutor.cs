using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Hands the step to those who accept.</summary>
internal sealed class AcceptExecutor : StepExecutor<Accept>
{
    protected override Task<StepOutcome> ExecuteAsync(Accept settings, StepContext context, CancellationToken cancellationToken)
    {
        context.Log.Write(LogStream.Hub, $"Waiting for people to accept: {settings.Statement}");
        return Task.FromResult<StepOutcome>(new StepOutcome.NeedsPerson());
    }
}
