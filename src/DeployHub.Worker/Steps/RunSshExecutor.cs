using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

internal sealed class RunSshExecutor(SshHosts hosts) : StepExecutor<RunSsh>
{
    protected override async Task<StepOutcome> ExecuteAsync(RunSsh settings, StepContext context, CancellationToken cancellationToken)
    {
        if (context.Connection is not SshConnection host) return new StepOutcome.Failed($"{context.Subject} is not reached by SSH, so an ssh step cannot run there.");

        try
        {
            string? lastError = null;
            var client = await hosts.ConnectAsync(host, context.Secrets, cancellationToken);
            var exitCode = await RemoteCommand.RunAsync(
                client, settings.Command, host.Directory, settings.Environment,
                (stream, line) =>
                {
                    if (stream is LogStream.Error && line.Length > 0) lastError = line;
                    context.Log.Write(stream, line);
                },
                cancellationToken);
            return exitCode == 0
                ? new StepOutcome.Succeeded([new Evidence("Exit code", "0")])
                : new StepOutcome.Failed($"The command ended with exit code {exitCode} on {host.Host}{(lastError is null ? "." : $": {lastError}")}");
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }
}
