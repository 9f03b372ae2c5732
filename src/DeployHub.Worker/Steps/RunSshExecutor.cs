using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker.Steps;

/// <summary>A short command runs under the worker's eyes; one that may take long goes on alone and is visited.</summary>
internal sealed class RunSshExecutor(SshHosts hosts, TimeProvider clock) : StepExecutor<RunSsh>
{
    protected override async Task<StepOutcome> ExecuteAsync(RunSsh settings, StepContext context, CancellationToken cancellationToken)
    {
        if (context.Connection is not SshConnection host) return new StepOutcome.Failed($"{context.Subject} is not reached by SSH, so an ssh step cannot run there.");

        var become = settings.BecomesUser is { } user ? new Become(user, settings.BecomePassword) : null;
        try
        {
            return settings.GoesOnAlone(context.Timeout)
                ? await new DetachedVisit(hosts, host, settings, become, context, clock).MakeAsync(cancellationToken)
                : await RunAsync(host, settings, become, context, cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private async Task<StepOutcome> RunAsync(SshConnection host, RunSsh settings, Become? become, StepContext context, CancellationToken cancellationToken)
    {
        string? lastError = null;
        var client = await hosts.ConnectAsync(host, context.Secrets, cancellationToken);
        var outputs = settings.OutputNames.Any() ? new RemoteOutputFile(client, become, context) : null;
        var exitCode = await RemoteCommand.RunAsync(
            client, outputs?.Before(settings.Command) ?? settings.Command, host.Directory, settings.Environment,
            (stream, line) =>
            {
                if (stream is LogStream.Error && line.Length > 0) lastError = line;
                context.Log.Write(stream, line);
            },
            cancellationToken, become);
        var outcome = Outcome(exitCode, host, lastError);
        return outputs is null ? outcome : await outputs.TakeAsync(outcome, cancellationToken);
    }

    public static StepOutcome Outcome(int exitCode, SshConnection host, string? lastError) => exitCode == 0
        ? new StepOutcome.Succeeded([new Evidence("Exit code", "0")])
        : new StepOutcome.Failed($"The command ended with exit code {exitCode} on {host.Host}{(lastError is null ? "." : $": {lastError}")}");
}
