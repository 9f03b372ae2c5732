using System.ComponentModel;
using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Steps;

/// <summary>What a command said on a target; of very long output only the end.</summary>
internal sealed record Said(int ExitCode, IReadOnlyList<string> Lines)
{
    /// <summary>The last line that says anything, for a sentence; begins with a colon, or is a full stop.</summary>
    public string LastWords => Lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } last ? $": {last.Trim()}" : ".";
}

/// <summary>Runs POSIX commands on a target, whichever way it is reached, in the target's directory.</summary>
internal sealed class OnTarget(SshHosts hosts)
{
    private const int MostLinesKept = 2_000;

    /// <param name="environment">What the command must not show in a process list, such as secrets, and what it needs not quote.</param>
    /// <param name="isLogged">False for questions that are asked again and again.</param>
    /// <returns>Null when only people reach the target.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<Said?> RunAsync(
        string command, StepContext context, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null, bool isLogged = true)
    {
        var lines = new Queue<string>();
        void Keep(LogStream stream, string line)
        {
            lock (lines)
            {
                if (lines.Count == MostLinesKept) lines.Dequeue();
                lines.Enqueue(line);
            }

            if (isLogged) context.Log.Write(stream, line);
        }

        switch (context.Connection)
        {
            case LocalConnection local:
                try
                {
                    var exitCode = await LocalProcess.RunAsync(["sh", "-c", command], environment, Workplace.Of(null, local), context.Key, Keep, cancellationToken);
                    return new Said(exitCode, Kept(lines));
                }
                catch (Win32Exception exception)
                {
                    return new Said(127, [exception.Message]);
                }

            case SshConnection host:
                var client = await hosts.ConnectAsync(host, context.Secrets, cancellationToken);
                return new Said(await RemoteCommand.RunAsync(client, command, host.Directory, environment, Keep, cancellationToken), Kept(lines));
            default:
                return null;
        }
    }

    /// <summary>A daemon that the command left behind may still write.</summary>
    private static List<string> Kept(Queue<string> lines)
    {
        lock (lines) return [.. lines];
    }
}
