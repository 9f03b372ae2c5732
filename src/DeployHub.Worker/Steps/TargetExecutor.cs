using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Does something on a target that programs can reach, as a folder of this machine or by SSH.</summary>
public abstract class TargetExecutor<TSettings> : StepExecutor<TSettings> where TSettings : StepSettings
{
    protected sealed override async Task<StepOutcome> ExecuteAsync(TSettings settings, StepContext context, CancellationToken cancellationToken)
    {
        if (context.Connection is not (LocalConnection or SshConnection))
            return new StepOutcome.Failed($"{context.Subject} can only be reached by people, so a {StepKinds.Of(settings)} step cannot work there.");

        try
        {
            return await DoAsync(settings, context, cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    protected abstract Task<StepOutcome> DoAsync(TSettings settings, StepContext context, CancellationToken cancellationToken);
}
