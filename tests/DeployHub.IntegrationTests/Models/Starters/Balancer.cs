using System.Collections.Concurrent;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>A real HAProxy before the hosts of a starter, with users who come in by it all the time.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string Backend = "shop";

    private readonly HttpClient _users = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _over = new();
    private readonly int _front = FreePort.Next(), _api = FreePort.Next(), _exporter = FreePort.Next();
    private readonly List<TestDaemon> _daemons = [];
    private readonly List<Task> _visits = [];

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => Hosts.Missing ?? TestDaemon.Missing("haproxy");

    public string Url => $"http://127.0.0.1:{_front}";

    /// <summary>What users got since they began to come, the newest last: statuses other than 200, and how often.</summary>
    public ConcurrentDictionary<int, int> Answers { get; } = [];

    /// <param name="servers">By name, where each is asked.</param>
    public static async Task<Balancer> StartAsync(StarterEstate estate, params (string Name, string Url)[] servers)
    {
        var balancer = new Balancer();
        var lines = servers.Select(server => $"    server {server.Name} {new Uri(server.Url).Authority} weight 100 check inter 200ms fall 3 rise 1");
        await File.WriteAllTextAsync(estate.At("haproxy.cfg"), $"""
            global
                stats socket ipv4@127.0.0.1:{balancer._api} level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 30s
                timeout server 30s
                timeout check 2s
            frontend front
                bind 127.0.0.1:{balancer._front}
                default_backend {Backend}
            frontend exporter
                bind 127.0.0.1:{balancer._exporter}
                http-request use-service prometheus-exporter
            backend {Backend}
                balance roundrobin
                option httpchk GET /health
            {string.Join('\n', lines)}

            """);
        balancer._daemons.Add(await TestDaemon.StartAsync("haproxy", balancer._front, "-db", "-f", estate.At("haproxy.cfg")));
        await TestHub.Until(async () => await balancer.IsWellAsync(), "HAProxy has found a server");
        await estate.SetVariableAsync("haproxy", $"127.0.0.1:{balancer._api}");
        await estate.SetVariableAsync("haproxy-backend", Backend);
        return balancer;
    }

    /// <summary>Answers the address of a real Prometheus that scrapes HAProxy four times a second.</summary>
    public async Task<string> MeasureAsync(StarterEstate estate)
    {
        var port = FreePort.Next();
        await File.WriteAllTextAsync(estate.At("prometheus.yml"), $$"""
            global: { scrape_interval: 250ms, scrape_timeout: 250ms }
            scrape_configs: [{ job_name: haproxy, static_configs: [{ targets: ["127.0.0.1:{{_exporter}}"] }] }]
            """);
        _daemons.Add(await TestDaemon.StartAsync(
            "prometheus", port, $"--config.file={estate.At("prometheus.yml")}", $"--storage.tsdb.path={estate.At("tsdb")}", $"--web.listen-address=127.0.0.1:{port}"));
        return $"http://127.0.0.1:{port}";
    }

    /// <summary>From now on about a hundred users a second come in.</summary>
    public void LetUsersIn() => _visits.AddRange(Enumerable.Range(0, 2).Select(_ => Task.Run(VisitAsync)));

    public Task<string> VersionAsync() => _users.GetStringAsync($"{Url}/version");

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_visits);
        foreach (var daemon in _daemons) await daemon.DisposeAsync();
        _users.Dispose();
        _over.Dispose();
    }

    private async Task<bool> IsWellAsync()
    {
        using var answer = await _users.GetAsync($"{Url}/health");
        return answer.IsSuccessStatusCode;
    }

    private async Task VisitAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            using var answer = await _users.GetAsync($"{Url}/version");
            Answers.AddOrUpdate((int)answer.StatusCode, 1, (_, before) => before + 1);
            await Task.Delay(20);
        }
    }
}
