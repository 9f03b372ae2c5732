using DeployHub.IntegrationTests;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.BrowserTests;

/// <summary>
/// A shop as users meet it: two real servers behind a real HAProxy, requests without end, and a real Prometheus that scrapes what HAProxy saw.
/// A server whose target holds version 1.1.0 answers every other request with an error.
/// </summary>
internal sealed class CanaryTraffic : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-canary-").FullName;
    private readonly CancellationTokenSource _over = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly int _front = FreePort.Next();
    private readonly int _api = FreePort.Next();
    private readonly int _metrics = FreePort.Next();
    private readonly int _prometheus = FreePort.Next();
    private Task _users = Task.CompletedTask;
    private int _asked;

    private CanaryTraffic() { }

    public static string? Missing => TestDaemon.Missing("haproxy") ?? TestDaemon.Missing("prometheus");

    public string HaproxyApi => $"127.0.0.1:{_api}";

    public string Prometheus => $"http://127.0.0.1:{_prometheus}";

    public static async Task<CanaryTraffic> StartAsync(string canary, string stable)
    {
        var traffic = new CanaryTraffic();
        await traffic.StartPartsAsync(canary, stable);
        return traffic;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _users;
        foreach (var part in _parts.AsEnumerable().Reverse()) await part.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _over.Dispose();
    }

    private async Task StartPartsAsync(string canary, string stable)
    {
        var (one, two) = (Serve(canary), Serve(stable));
        await File.WriteAllTextAsync(Path.Combine(_directory, "haproxy.cfg"), $"""
            global
                stats socket ipv4@127.0.0.1:{_api} level admin
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend shop
                bind 127.0.0.1:{_front}
                default_backend shop
            frontend metrics
                bind 127.0.0.1:{_metrics}
                http-request use-service prometheus-exporter
            backend shop
                server canary 127.0.0.1:{one.Port} weight 0
                server stable 127.0.0.1:{two.Port} weight 100

            """);
        await File.WriteAllTextAsync(Path.Combine(_directory, "prometheus.yml"), $"""
            global: {"{"} scrape_interval: 1s {"}"}
            scrape_configs:
              - job_name: haproxy
                static_configs: [{"{"} targets: ["127.0.0.1:{_metrics}"] {"}"}]
            """);
        _parts.Add(await TestDaemon.StartAsync("haproxy", _front, "-db", "-f", Path.Combine(_directory, "haproxy.cfg")));
        _parts.Add(await TestDaemon.StartAsync(
            "prometheus", _prometheus, $"--config.file={Path.Combine(_directory, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(_directory, "tsdb")}", $"--web.listen-address=127.0.0.1:{_prometheus}"));
        _users = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => UseAsync()));
    }

    private TestHttp Serve(string target)
    {
        var server = new TestHttp(async _ =>
        {
            var package = Path.Combine(target, "installed");
            var version = File.Exists(package) ? await File.ReadAllTextAsync(package) : "none";
            return (version is "1.1.0" && Interlocked.Increment(ref _asked) % 2 == 0 ? 500 : 200, version);
        });
        _parts.Add(server);
        return server;
    }

    /// <summary>Asks again and again, whatever comes back, even nothing.</summary>
    private async Task UseAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (!_over.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync($"http://127.0.0.1:{_front}/");
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
            }

            await Task.Delay(50);
        }
    }
}
