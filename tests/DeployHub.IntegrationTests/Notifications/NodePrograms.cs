using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>Receivers that others wrote, run by Node: what they take is what the world takes.</summary>
internal static class NodePrograms
{
    private static readonly Lazy<(string? Directory, string Why)> Installed = new(Install);

    public static string? Directory => Installed.Value.Directory;

    /// <summary>Why they cannot be run here.</summary>
    public static string Why => Installed.Value.Why;

    public static Process Start(string script, params string[] arguments) => Process.Start(Command("node", Directory!, [script, .. arguments]))!;

    private static (string? Directory, string Why) Install()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("deployhub-node-").FullName;
        foreach (var file in System.IO.Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Here())!, "Node"))) File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        try
        {
            using var npm = Process.Start(Command("npm", directory, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))!;
            return npm.WaitForExit(TimeSpan.FromMinutes(2)) && npm.ExitCode == 0 ? (directory, "") : (null, "npm cannot fetch smtp-server and standardwebhooks here.");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            return (null, $"Needs Node and npm: {exception.Message}");
        }
    }

    private static ProcessStartInfo Command(string program, string directory, string[] arguments) =>
        new(program, arguments) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true };

    private static string Here([CallerFilePath] string file = "") => file;
}

/// <summary>A mail server of its own that keeps what it takes; it may go down and come up again at the same port.</summary>
internal sealed class MailBoxes : IAsyncDisposable
{
    private Process? _server;

    public int Port { get; } = FreePort.Next();

    public ConcurrentQueue<(string To, string Raw)> Taken { get; } = [];

    public async Task UpAsync()
    {
        var ready = new TaskCompletionSource();
        _server = NodePrograms.Start("mailbox.mjs", $"{Port}");
        _server.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            var said = JsonNode.Parse(line.Data)!;
            if (said["ready"] is not null) ready.TrySetResult();
            else Taken.Enqueue((said["to"]![0]!.GetValue<string>(), said["raw"]!.GetValue<string>()));
        };
        _server.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async Task DownAsync()
    {
        if (_server is null) return;

        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await DownAsync();
}
