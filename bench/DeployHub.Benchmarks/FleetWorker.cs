using System.Diagnostics;

namespace DeployHub.Benchmarks;

/// <summary>A worker as people start it, in a process of its own, watched for its memory.</summary>
internal sealed class FleetWorker : IAsyncDisposable
{
    private const string ReadyLine = "This worker waits for work";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-bench-data-{Guid.NewGuid():N}");
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private FleetWorker(string connectionString, string secret, string key, int hands)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DeployHub.Web.dll"), "--roles", "worker"]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__DeployHub"] = connectionString;
        start.Environment["DeployHub__DataDirectory"] = _directory;
        start.Environment["DeployHub__Worker__Hands"] = $"{hands}";
        start.Environment[$"DeployHub__Secrets__{secret}"] = key;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(ReadyLine, StringComparison.Ordinal) is true) _ready.TrySetResult();
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>The most that it ever had in memory.</summary>
    public double MostMegabytes =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;

    public static async Task<FleetWorker> StartAsync(string connectionString, string secret, string key, int hands)
    {
        var worker = new FleetWorker(connectionString, secret, key, hands);
        await worker._ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }
}
