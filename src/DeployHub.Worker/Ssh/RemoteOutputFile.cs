using System.Text;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// The file on a host into which a command writes what it says for the steps after it, in the home of the account that runs it. It is read
/// by a command of its own, so that nothing in the log can be taken for it.
/// </summary>
internal sealed class RemoteOutputFile(SshClient client, Become? become, StepContext context)
{
    private const string Folder = "\"${HOME:-/var/tmp}/.deployhub\"";

    private readonly string _file = $"{Folder}/{DetachedCommand.NameOf(context.Key, context.StartedAt)}.outputs";

    /// <summary>The command with the file made before it.</summary>
    public string Before(string command) =>
        $"{SaidOutputs.Variable}={_file}; export {SaidOutputs.Variable}; (umask 077 && mkdir -p {Folder} && : > \"${SaidOutputs.Variable}\") || exit 1\n{command}";

    /// <summary>The outcome with what was said; the file is gone afterwards.</summary>
    public async Task<StepOutcome> TakeAsync(StepOutcome outcome, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        try
        {
            await RemoteShell.RunAsync(
                client, $"head -c {SaidOutputs.LargestFile + 1} {_file}; rm -f {_file}", become, from => from.CopyTo(output), from => OutputLines.Read(from, line => context.Log.Write(LogStream.Error, line)), cancellationToken);
            return SaidOutputs.In(Encoding.UTF8.GetString(output.ToArray()), outcome);
        }
        catch (HostRefusedException lost)
        {
            context.Log.Write(LogStream.Hub, $"What it says for the steps after it could not be read. {lost.Message}");
            return Unread(outcome, lost);
        }
    }

    /// <summary>A command that failed keeps its own reason.</summary>
    internal static StepOutcome Unread(StepOutcome outcome, HostRefusedException lost) => outcome is StepOutcome.Succeeded
        ? new StepOutcome.Failed($"The command succeeded, but what it says for the steps after it could not be read. {lost.Message}", lost.Cause)
        : outcome;
}
