using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real nginx before two real servers.</summary>
public sealed class SwitchNginxUpstreamExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private static readonly string[] Buffers = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    /// <summary>A connection for each request: nginx closes idle ones when it reloads, and a request that is just being sent over one is lost.</summary>
    private readonly HttpClient _client = new() { DefaultRequestHeaders = { ConnectionClose = true } };
    private readonly int _front = FreePort.Next();
    private readonly string _forEver = $"nginx-{Guid.NewGuid():N}";
    private TestHttp _blue = null!;
    private TestHttp _green = null!;
    private TestDaemon _nginx = null!;

    private string Conf => Bench.OnTarget("nginx.conf");

    private string Test => $"{TestDaemon.Find("nginx")} -t -c {Conf}";

    protected override string? Missing => TestDaemon.Missing("nginx");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => To(_green.Port);

    protected override (StepSettings, string[])? Failing => (To(_green.Port) with { Content = "upstream shop { sever x; }\n" }, ["web-1", "conf.d/shop.conf", "sever", "back"]);

    protected override (StepSettings, string?)? Endless => (To(_green.Port) with { Test = $"sh -c 'while :; do sleep 1; done' {_forEver}-$((1))" }, $"{_forEver}-1");

    protected override StepSettings Telling => To(_green.Port) with { Content = "${secret:planted} 1;" };

    protected override Task<string> StateAsync() => File.ReadAllTextAsync(Bench.OnTarget("conf.d/shop.conf"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Traffic_goes_where_the_file_says_and_no_request_fails_meanwhile(bool isRemote)
    {
        Assert.SkipWhen(isRemote && SshTarget.Missing is not null, SshTarget.Missing ?? "");
        (await BodyAsync()).ShouldBe("blue");
        using var over = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            for (var answers = 0; ; answers++)
            {
                if (over.IsCancellationRequested) return answers;
                await BodyAsync();
            }
        });

        var outcome = await Bench.VisitAsync(Working, isRemote ? target.In(Bench.Local.Directory, Bench) : Bench.Local);
        outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}").Evidence.ShouldContain(evidence => evidence.Name == "Content before" && evidence.Value.StartsWith("sha256:"));
        await TestHub.Until(async () => await BodyAsync() == "green", "nginx sends requests to green");
        await over.CancelAsync();
        (await load).ShouldBeGreaterThan(0);
        Files().ShouldBe(["shop.conf"]);
    }

    [Fact]
    public async Task What_nginx_refuses_is_taken_back_and_traffic_stays()
    {
        var before = await StateAsync();
        await FailsAsync(Failing!.Value.Item1);

        (await StateAsync()).ShouldBe(before);
        Files().ShouldBe(["shop.conf"]);
        (await BodyAsync()).ShouldBe("blue");
    }

    [Fact]
    public async Task A_file_that_was_not_there_before_is_gone_again()
    {
        await FailsAsync(new SwitchNginxUpstream("conf.d/new.conf", "nonsense;", Test));
        Files().ShouldBe(["shop.conf"]);

        await SucceedsAsync(new SwitchNginxUpstream("conf.d/new.conf", "# nothing yet\n", Test, Reload));
        Files().ShouldBe(["new.conf", "shop.conf"]);
    }

    [Fact]
    public async Task A_time_limit_before_the_test_ends_takes_the_file_back()
    {
        var before = await StateAsync();
        (await VisitAsync(Endless!.Value.Item1, TimeSpan.FromSeconds(2))).ShouldBeOfType<StepOutcome.TimedOut>();

        (await StateAsync()).ShouldBe(before);
        Files().ShouldBe(["shop.conf"]);
    }

    [Fact]
    public async Task What_a_lost_worker_kept_is_still_the_way_back()
    {
        var good = await StateAsync();
        await File.WriteAllTextAsync(Bench.OnTarget("conf.d/.shop.conf.deployhub-former"), good);
        await File.WriteAllTextAsync(Bench.OnTarget("conf.d/shop.conf"), "never tested;");
        await FailsAsync(Failing!.Value.Item1);

        (await StateAsync()).ShouldBe(good);
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        File.Move(Bench.OnTarget("conf.d/shop.conf"), Bench.OnTarget("available.conf"));
        File.CreateSymbolicLink(Bench.OnTarget("conf.d/shop.conf"), Bench.OnTarget("available.conf"));
        await SucceedsAsync(Working);

        File.ResolveLinkTarget(Bench.OnTarget("conf.d/shop.conf"), false)!.FullName.ShouldBe(Bench.OnTarget("available.conf"));
        await TestHub.Until(async () => await BodyAsync() == "green", "nginx sends requests to green");
    }

    [Fact]
    public async Task A_path_and_a_content_are_never_commands()
    {
        const string hard = "# it's \"$(touch pwned)\" `touch pwned` \\ $host\n";
        await SucceedsAsync(new SwitchNginxUpstream("conf.d/it's $(touch pwned).conf", hard, Test, Reload));

        (await File.ReadAllTextAsync(Bench.OnTarget("conf.d/it's $(touch pwned).conf"))).ShouldBe(hard);
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
    }

    protected override async Task PrepareAsync()
    {
        _blue = new TestHttp(asked => Task.FromResult((200, "blue")));
        _green = new TestHttp(asked => Task.FromResult((200, "green")));
        Directory.CreateDirectory(Bench.OnTarget("conf.d"));
        await File.WriteAllTextAsync(Bench.OnTarget("conf.d/shop.conf"), Upstream(_blue.Port));
        await File.WriteAllTextAsync(Conf, $$"""
            {{(System.Environment.UserName is "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{Bench.OnTarget("pid")}};
            error_log {{Bench.OnTarget("error.log")}};
            events { worker_connections 64; }
            http {
                access_log off;
                {{string.Join(' ', Buffers.Select(kind => $"{kind}_temp_path {Bench.OnTarget(kind)};"))}}
                include {{Bench.OnTarget("conf.d")}}/*.conf;
                server { listen 127.0.0.1:{{_front}}; location / { proxy_pass http://shop; proxy_set_header Host 127.0.0.1; } }
            }
            """);
        _nginx = await TestDaemon.StartAsync("nginx", _front, "-c", Conf, "-e", Bench.OnTarget("error.log"));
    }

    protected override async Task CleanUpAsync()
    {
        if (_nginx is null) return;
        await _nginx.DisposeAsync();
        await _blue.DisposeAsync();
        await _green.DisposeAsync();
        _client.Dispose();
    }

    private string Reload => $"{TestDaemon.Find("nginx")} -s reload -c {Conf}";

    private SwitchNginxUpstream To(int port) => new("conf.d/shop.conf", Upstream(port), Test, Reload);

    private static string Upstream(int port) => $"upstream shop {{ server 127.0.0.1:{port}; }}\n";

    private Task<string> BodyAsync() => _client.GetStringAsync($"http://127.0.0.1:{_front}/");

    private IEnumerable<string> Files() => Directory.GetFileSystemEntries(Bench.OnTarget("conf.d")).Select(path => Path.GetFileName(path)).Order();
}
