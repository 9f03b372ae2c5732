using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Hands the step to a person.</summary>
internal sealed class ManualWorkExecutor : StepExecutor<ManualWork>
{
    protected override Task<StepOutcome> ExecuteAsync(ManualWork settings, StepContext context, CancellationToken cancellationToken)
    {
        context.Log.Write(LogStream.Hub, $"Waiting for a person: {settings.Instruction}");
        return Task.FromResult<StepOutcome>(new StepOutcome.NeedsPerson());
    }
}
