using DeployHub.Worker.Ssh;
using Renci.SshNet;

namespace DeployHub.Worker.Steps;

/// <summary>A command line on a host, its output streamed line by line, its whole process group killed when told to stop.</summary>
internal static class RemoteCommand
{
    /// <exception cref="HostRefusedException">The connection was lost, or sudo refuses.</exception>
    public static Task<int> RunAsync(
        SshClient client, string command, string directory, IReadOnlyDictionary<string, string>? environment, Action<LogStream, string> write, CancellationToken cancellationToken,
        Become? become = null) =>
        RemoteShell.RunAsync(
            client, Script(command, directory, environment), become,
            output => OutputLines.Read(output, line => write(LogStream.Out, line)), errors => OutputLines.Read(errors, line => write(LogStream.Error, line)), cancellationToken);

    /// <summary>The command in its directory, with its variables.</summary>
    public static string Script(string command, string directory, IReadOnlyDictionary<string, string>? environment)
    {
        var exports = string.Concat((environment ?? new Dictionary<string, string>()).Select(variable => $"export {variable.Key}={Quoted(variable.Value)}; "));
        return $"{{ cd {Quoted(directory)} 2>/dev/null || {{ mkdir -p {Quoted(directory)} && cd {Quoted(directory)}; }}; }} && {{ {exports}{command}\n}}";
    }

    /// <summary>For a POSIX shell: nothing in the text can end the quotes.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
