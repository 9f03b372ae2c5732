using System.Diagnostics;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Samples;

/// <summary>The demo's service in three versions, users who visit each again and again, and a real Prometheus that scrapes them four times a second.</summary>
public sealed class GreeterTraffic : IAsyncLifetime
{
    private static readonly string[] Versions = ["1.0.0", "1.1.0", "1.2.0"];

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-greeters-").FullName;
    private readonly CancellationTokenSource _over = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly int _prometheus = TestHttp.FreePort();
    private Task _users = Task.CompletedTask;
    private Stopwatch? _running;

    public static string? Missing => TestDaemon.Missing("prometheus");

    public string Prometheus => $"http://127.0.0.1:{_prometheus}";

    /// <summary>Waits until users were watched for that long.</summary>
    public Task HasSamplesAsync(TimeSpan time) => time > _running!.Elapsed ? Task.Delay(time - _running.Elapsed, TestContext.Current.CancellationToken) : Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;

        var ports = await Task.WhenAll(Versions.Select(ServeAsync));
        var configuration = Path.Combine(_directory, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 250ms, scrape_timeout: 250ms }
            scrape_configs: [{ job_name: greeter, static_configs: [{ targets: [{{string.Join(", ", ports.Select(port => $"\"127.0.0.1:{port}\""))}}] }] }]
            """);
        _parts.Add(await TestDaemon.StartAsync("prometheus", _prometheus, $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_directory, "tsdb")}", $"--web.listen-address=127.0.0.1:{_prometheus}"));
        _users = Task.WhenAll(ports.Select(VisitAsync));
        _running = Stopwatch.StartNew();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _users;
        foreach (var part in _parts) await part.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _over.Dispose();
    }

    private async Task<int> ServeAsync(string version)
    {
        var place = Directory.CreateDirectory(Path.Combine(_directory, version)).FullName;
        using var tar = Process.Start("tar", ["-xzf", Path.Combine(AppContext.BaseDirectory, "samples", $"greeter-{version}.tar.gz"), "-C", place]);
        await tar.WaitForExitAsync();
        var port = TestHttp.FreePort();
        _parts.Add(await TestDaemon.StartAsync("dotnet", port, Path.Combine(place, "app", "greeter.dll"), "--urls", $"http://127.0.0.1:{port}"));
        return port;
    }

    private async Task VisitAsync(int port)
    {
        using var client = new HttpClient();
        while (!_over.IsCancellationRequested)
        {
            using var answer = await client.GetAsync($"http://127.0.0.1:{port}/");
            await Task.Delay(20);
        }
    }
}
