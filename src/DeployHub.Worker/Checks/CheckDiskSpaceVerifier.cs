using System.Globalization;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckDiskSpaceVerifier(OnTarget target) : StepExecutor<CheckDiskSpace>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckDiskSpace settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            var said = await target.RunAsync("df -Pk . | awk 'NR==2 {print $4}'", context, cancellationToken);
            if (said is null) return PeopleOnly.Outcome("Disk space");
            if (said is not { ExitCode: 0, Lines.Count: > 0 } || !long.TryParse(said.Lines[^1], CultureInfo.InvariantCulture, out var kibibytes))
                return new StepOutcome.Inconclusive($"The free space of {context.Subject} could not be read: {string.Join(' ', said.Lines)}");

            var free = kibibytes / 1024;
            return free >= settings.MinimumFreeMiB
                ? new StepOutcome.Succeeded([new Evidence("Free MiB", free.ToString(CultureInfo.InvariantCulture))])
                : new StepOutcome.Failed($"{context.Subject} has {free:N0} MiB free, {settings.MinimumFreeMiB:N0} MiB are needed.", HaltCause.CapacityLow);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }
}
