using System.Diagnostics;

namespace DeployHub.Benchmarks;

/// <summary>A worker in a process of its own, whose steps do nothing: this program again, told to work until it is killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process) => _process = process;

    private const string ReadyLine = "This worker waits for work";

    public Task Ready => _ready.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <param name="stepLasts">How long each step lets time pass; nothing by default.</param>
    public static WorkerProcess Start(string connectionString, TimeSpan stepLasts = default)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, "worker", connectionString, $"{stepLasts}"]) { RedirectStandardOutput = true };
        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(ReadyLine, StringComparison.Ordinal) is true) worker._ready.TrySetResult();
        };
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        return worker;
    }

    /// <summary>What the process itself does.</summary>
    public static async Task WorkAsync(string connectionString, TimeSpan stepLasts)
    {
        NoOp.Lasts = stepLasts;
        await using var hub = await BenchHub.StartAsync(connectionString, works: true);
        Console.WriteLine(ReadyLine);
        await Task.Delay(Timeout.Infinite);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
