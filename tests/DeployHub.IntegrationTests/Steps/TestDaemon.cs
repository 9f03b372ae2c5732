using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real server program, started for a test and ended with it.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    private readonly Process _process;

    private TestDaemon(Process process) => _process = process;

    /// <summary>The path of the program; null when it is not installed.</summary>
    public static string? Find(string program) =>
        ((string[])[.. (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/local/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static string? Missing(string program) => Find(program) is null ? $"Needs {program}." : null;

    /// <summary>Answers when somebody listens on the port.</summary>
    public static async Task<TestDaemon> StartAsync(string program, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var daemon = new TestDaemon(Process.Start(start)!);
        daemon._process.BeginErrorReadLine();
        daemon._process.BeginOutputReadLine();
        for (var attempt = 0; !await ListensAsync(port); attempt++)
        {
            if (attempt == 600) throw new InvalidOperationException($"{program} does not listen on port {port}.");
            await Task.Delay(50);
        }

        return daemon;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
