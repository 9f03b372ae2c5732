using System.ComponentModel;
using System.Diagnostics;

namespace DeployHub.Features.Data.Embedded;

/// <summary>Runs a short-lived program to its end.</summary>
internal static class CommandLine
{
    /// <summary>Exit code and everything it said; exit code 127 when there is no such program.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> command, string workingDirectory, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = TryStart(start);
        if (process is null) return (127, $"“{command[0]}” is not installed.");

        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);

        // A server that pg_ctl starts on Windows inherits the pipes and never closes them.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(2), cancellation));
        return (process.ExitCode, output.IsCompletedSuccessfully ? string.Concat(output.Result).Trim() : "");
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
