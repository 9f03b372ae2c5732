using System.Diagnostics;
using System.Net;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Samples;

/// <summary>The demo's service in three versions, users who visit each again and again, and a real Prometheus that scrapes them four times a second.</summary>
public sealed class GreeterTraffic : IAsyncLifetime
{
    private static readonly string[] Versions = ["1.0.0", "1.1.0", "1.2.0"];

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-greeters-").FullName;
    private readonly CancellationTokenSource _over = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly int _prometheus = FreePort.Next();
    private Task _users = Task.CompletedTask;

    public static string? Missing => TestDaemon.Missing("prometheus");

    public string Prometheus => $"http://127.0.0.1:{_prometheus}";

    /// <summary>Waits until Prometheus holds so many samples of every version, all of which users visited.</summary>
    public Task HasSamplesAsync(int number) => TestHub.Until(async () => (await AskAsync($"min(count_over_time((greeter_requests_total{{code=\"200\"}} + ignoring(code) greeter_requests_total{{code=\"500\"}} > 0)[1m:250ms])) >= bool {number}")).Contains("\"1\"", StringComparison.Ordinal), "there are samples of every version");

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
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _users;
        foreach (var part in _parts) await part.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _over.Dispose();
    }

    private async Task<string> AskAsync(string query)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"{Prometheus}/api/v1/query?query={Uri.EscapeDataString(query)}");
        return answer.StatusCode is HttpStatusCode.ServiceUnavailable ? "" : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(); // its port is open before it is ready
    }

    private async Task<int> ServeAsync(string version)
    {
        var place = Directory.CreateDirectory(Path.Combine(_directory, version)).FullName;
        using var tar = Process.Start("tar", ["-xzf", Path.Combine(AppContext.BaseDirectory, "samples", $"greeter-{version}.tar.gz"), "-C", place]);
        await tar.WaitForExitAsync();
        var port = FreePort.Next();
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
