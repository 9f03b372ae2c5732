using System.Text;
using Renci.SshNet;

namespace DeployHub.Worker.Steps;

/// <summary>A command line on a host, its output streamed line by line, its whole process group killed when told to stop.</summary>
internal static class RemoteCommand
{
    public static async Task<int> RunAsync(
        SshClient client, string command, string directory, IReadOnlyDictionary<string, string>? environment, Action<LogStream, string> write, CancellationToken cancellationToken)
    {
        var exports = string.Concat((environment ?? new Dictionary<string, string>()).Select(variable => $"export {variable.Key}={Quoted(variable.Value)}; "));
        var body = $"mkdir -p {Quoted(directory)} && cd {Quoted(directory)} && {{ {exports}{command}\n}}";
        var mark = $"/tmp/.deployhub-{Guid.NewGuid():N}";
        using var running = client.CreateCommand($"setsid -w sh -c {Quoted($"echo $$ > {mark}; {body}; code=$?; rm -f {mark}; exit $code")}");

        var execution = running.ExecuteAsync(CancellationToken.None);
        var output = Task.WhenAll(PumpAsync(running.OutputStream, LogStream.Out, write), PumpAsync(running.ExtendedOutputStream, LogStream.Error, write));
        try
        {
            await execution.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            using var kill = client.CreateCommand($"kill -KILL -$(cat {mark}); rm -f {mark}");
            kill.Execute();
            throw;
        }

        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        return running.ExitStatus ?? -1;
    }

    /// <summary>For a POSIX shell: nothing in the text can end the quotes.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static async Task PumpAsync(Stream stream, LogStream kind, Action<LogStream, string> write)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line) write(kind, line);
    }
}
