using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.IntegrationTests;

/// <summary>The product as people start it: a process of its own, which can be told to stop, or killed.</summary>
internal sealed partial class DeployHubProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeployHubProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public static DeployHubProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DeployHub.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new DeployHubProcess(start);
    }

    /// <summary>The address it listens at; empty for a worker.</summary>
    public async Task<string> ReadyAsync()
    {
        var first = await Task.WhenAny(_ready.Task, _process.WaitForExitAsync(), Task.Delay(Limit));
        return first == _ready.Task ? await _ready.Task : throw new InvalidOperationException($"It did not start:\n{Output}");
    }

    /// <summary>As a service manager or Ctrl-C does it. Answers the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await EndAsync();
    }

    /// <param name="name">Such as <c>STOP</c>, which pauses it without its knowing.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    /// <summary>As a power cut does it.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await TerminateAsync();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        lock (_output) _output.AppendLine(line);
        if (Ready().Match(line ?? "") is { Success: true } match) _ready.TrySetResult(match.Groups[1].Value);
    }

    [GeneratedRegex(@"DeployHub is ready at (http\S+)|This worker waits for work")]
    private static partial Regex Ready();
}
