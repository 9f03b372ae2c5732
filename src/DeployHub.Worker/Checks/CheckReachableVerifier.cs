using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckReachableVerifier(OnTarget target) : StepExecutor<CheckReachable>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckReachable settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            var said = await target.RunAsync(": >.deployhub-writable-$$ && rm .deployhub-writable-$$ && hostname", context, cancellationToken);
            return said switch
            {
                null => PeopleOnly.Outcome("Reached by"),
                { ExitCode: 0 } => new StepOutcome.Succeeded([new Evidence("Host", said.Lines.Count > 0 ? said.Lines[^1] : "")]),
                _ => new StepOutcome.Failed($"{context.Subject} is reached, but its directory cannot be written: {string.Join(' ', said.Lines)}", HaltCause.PrerequisiteMissing),
            };
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StepOutcome.Failed($"The directory of {context.Subject} cannot be used: {exception.Message}", HaltCause.TargetUnreachable);
        }
    }
}
