using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckToolsVerifier(OnTarget target) : StepExecutor<CheckTools>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckTools settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            var names = string.Join(' ', settings.Tools.Select(RemoteCommand.Quoted));
            var said = await target.RunAsync($"for tool in {names}; do command -v \"$tool\" >/dev/null || echo \"missing $tool\"; done", context, cancellationToken);
            if (said is null) return PeopleOnly.Outcome("Tools");

            var missing = said.Lines.Where(line => line.StartsWith("missing ", StringComparison.Ordinal)).Select(line => line["missing ".Length..]).ToList();
            return missing.Count == 0 && said.ExitCode == 0
                ? new StepOutcome.Succeeded([new Evidence("Tools", string.Join(", ", settings.Tools))])
                : new StepOutcome.Failed($"{context.Subject} lacks {string.Join(", ", missing)}: install it, then retry.", HaltCause.PrerequisiteMissing);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }
}
