using System.ComponentModel;
using DeployHub.Domain.Inventory;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>What a small command said on a target.</summary>
internal sealed record Said(int ExitCode, IReadOnlyList<string> Lines);

/// <summary>Runs small POSIX commands on a target for checks, whichever way it is reached.</summary>
internal sealed class OnTarget(SshHosts hosts)
{
    /// <returns>Null when only people reach the target.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<Said?> RunAsync(string command, StepContext context, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        void Keep(LogStream stream, string line)
        {
            lock (lines) lines.Add(line);
            context.Log.Write(stream, line);
        }

        switch (context.Connection)
        {
            case LocalConnection local:
                try
                {
                    return new Said(await LocalProcess.RunAsync(["sh", "-c", command], null, Workplace.Of(null, local), context.Key, Keep, cancellationToken), lines);
                }
                catch (Win32Exception exception)
                {
                    return new Said(127, [exception.Message]);
                }

            case SshConnection host:
                var client = await hosts.ConnectAsync(host, context.Secrets, cancellationToken);
                return new Said(await RemoteCommand.RunAsync(client, command, host.Directory, null, Keep, cancellationToken), lines);
            default:
                return null;
        }
    }
}
