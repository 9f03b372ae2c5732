using System.Diagnostics;

namespace DeployHub.Worker.Steps;

/// <summary>A program run on the worker's machine, its output streamed, its whole process tree killed when told to stop.</summary>
internal static class LocalProcess
{
    /// <summary>How long output may still come after the program ended: a daemon it started may hold the pipes for ever.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <param name="patience">How long a program that must tidy up may take after an interrupt before it is killed; none unless told.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, string directory, string key, Action<LogStream, string> write, CancellationToken cancellationToken,
        TimeSpan patience = default)
    {
        using var process = new Process { StartInfo = StartInfo(command, environment, directory, key) };
        process.Start();
        process.StandardInput.Close();
        using var listening = new CancellationTokenSource();
        var output = Task.WhenAll(
            Task.Run(() => OutputLines.PumpAsync(process.StandardOutput.BaseStream, line => write(LogStream.Out, line), listening.Token), CancellationToken.None),
            Task.Run(() => OutputLines.PumpAsync(process.StandardError.BaseStream, line => write(LogStream.Error, line), listening.Token), CancellationToken.None));

        try
        {
            await ExitAsync(process, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await InterruptAsync(process, patience);
            process.Kill(entireProcessTree: true);
            await listening.CancelAsync();
            throw;
        }

        await Task.WhenAny(output, Task.Delay(LastWords, CancellationToken.None));
        await listening.CancelAsync();
        return process.ExitCode;
    }

    private static async Task InterruptAsync(Process process, TimeSpan patience)
    {
        if (patience == TimeSpan.Zero || OperatingSystem.IsWindows()) return;

        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        using var over = new CancellationTokenSource(patience);
        try
        {
            await ExitAsync(process, over.Token);
        }
        catch (OperationCanceledException)
        {
            // it had its time
        }
    }

    /// <summary>WaitForExitAsync would also wait for the pipes, and so for daemons.</summary>
    private static async Task ExitAsync(Process process, CancellationToken cancellationToken)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (!process.HasExited) await exited.Task.WaitAsync(cancellationToken);
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, string directory, string key)
    {
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);

        var inherited = Kept.Select(name => (name, value: System.Environment.GetEnvironmentVariable(name))).Where(variable => variable.value is not null).ToList();
        start.Environment.Clear(); // the worker's own environment holds its secrets
        foreach (var (name, value) in inherited) start.Environment[name] = value;
        start.Environment["DEPLOYHUB_KEY"] = key;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    private static readonly string[] Kept = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "USERPROFILE"];
}
