using System.Collections.Concurrent;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real HAProxy before two real servers, with real requests on their way.</summary>
[Hub.TakesLong(67)]
public sealed class SwitchHaproxyServerExecutorTests : ExecutorContract
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly TaskCompletionSource _release = new();
    private readonly int _front = FreePort.Next();
    private readonly int _api = FreePort.Next();
    private TestHttp _one = null!;
    private TestHttp _two = null!;
    private TestDaemon _haproxy = null!;

    private string Address => $"127.0.0.1:{_api}";

    protected override string? Missing => TestDaemon.Missing("haproxy");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new SwitchHaproxyServer([Address], "shop", "one", ServerState.Maint, "50%", Within: "10s");

    protected override (StepSettings, string[])? Failing => (new SwitchHaproxyServer([Address], "shop", "three", ServerState.Drain), ["shop", "three", Address]);

    protected override (StepSettings, string?)? Endless => (new SwitchHaproxyServer([Address], "shop", "dead", ServerState.Ready, Within: "1h"), null);

    protected override StepSettings Telling => new SwitchHaproxyServer([Address], "${secret:planted}", "one", ServerState.Ready);

    protected override async Task<string> StateAsync() => (await SucceedsAsync(new SwitchHaproxyServer([Address], "shop", "one", Weight: "50%"))).Values.Single();

    [Fact]
    public async Task No_request_fails_while_a_server_is_drained_and_none_goes_there_afterwards()
    {
        (await BodiesAsync(20)).Distinct().ShouldBe(["one", "two"], ignoreOrder: true);
        using var over = new CancellationTokenSource();
        var answers = new ConcurrentQueue<string>();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) answers.Enqueue(await _client.GetStringAsync($"http://127.0.0.1:{_front}/"));
        })).ToList();

        var evidence = await SucceedsAsync(new SwitchHaproxyServer([Address], "shop", "one", ServerState.Drain, Within: "20s"));
        evidence[$"shop/one at {Address}"].ShouldStartWith("DRAIN");
        evidence[$"shop/one at {Address}"].ShouldEndWith("0 sessions");
        var asked = _one.Asked.Count;
        var before = answers.Count;
        await TestHub.Until(() => Task.FromResult(answers.Count > before + 50), "more requests were answered");
        await over.CancelAsync();
        await Task.WhenAll(load); // no request failed

        _one.Asked.Count.ShouldBe(asked);
        (await SucceedsAsync(new SwitchHaproxyServer([Address], "shop", "one", ServerState.Ready)))[$"shop/one at {Address}"].ShouldStartWith("UP");
        (await BodiesAsync(20)).ShouldContain("one");
    }

    [Fact]
    public async Task It_waits_for_the_sessions_that_are_there()
    {
        var slow = await SlowRequestAsync();
        var drain = VisitAsync(new SwitchHaproxyServer([Address], "shop", "one", ServerState.Maint, Within: "20s"));
        await TestHub.Until(async () => !(await BodiesAsync(4)).Contains("one"), "new requests go elsewhere");
        drain.IsCompleted.ShouldBeFalse();

        _release.SetResult();
        (await slow).ShouldBe("one");
        (await drain).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.Single().Value.ShouldStartWith("MAINT");
    }

    [Fact]
    public async Task A_server_that_cannot_be_drained_in_time_takes_traffic_again()
    {
        var slow = await SlowRequestAsync();
        (await FailsAsync(new SwitchHaproxyServer([Address], "shop", "one", ServerState.Drain, Within: "500ms"))).Reason.ShouldContain("still had 1 sessions after 500ms, so it takes traffic again");
        (await BodiesAsync(20)).ShouldContain("one");

        var left = await SucceedsAsync(new SwitchHaproxyServer([Address], "shop", "one", ServerState.Drain, Within: "500ms", LeaveSessions: true));
        left.Values.Single().ShouldStartWith("DRAIN");
        _release.SetResult();
        await slow;
    }

    [Fact]
    public async Task A_server_that_does_not_come_up_is_said() =>
        (await FailsAsync(new SwitchHaproxyServer([Address], "shop", "dead", ServerState.Ready, Within: "1s"))).Reason.ShouldContain("did not come up within 1s: it is DOWN");

    [Fact]
    public async Task The_socket_of_the_same_machine_does_too() =>
        (await SucceedsAsync(new SwitchHaproxyServer([Bench.At("haproxy.sock")], "shop", "two", Weight: "7"))).Values.Single().ShouldContain("weight 7");

    [Theory]
    [InlineData("shop;disable server shop/two", "one", "1")]
    [InlineData("shop", "one state maint\ndisable server shop/two", "1")]
    [InlineData("shop", "one", "1; disable server shop/two")]
    public async Task A_name_never_becomes_another_command(string backend, string server, string weight)
    {
        (await FailsAsync(new SwitchHaproxyServer([Address], backend, server, Weight: weight))).Reason.ShouldStartWith("“");
        (await BodiesAsync(20)).ShouldContain("two");
    }

    [Fact]
    public async Task Nobody_there_is_said()
    {
        var failed = await FailsAsync(new SwitchHaproxyServer([$"127.0.0.1:{FreePort.Next()}"], "shop", "one", ServerState.Ready));
        failed.Reason.ShouldContain("cannot be reached");
        failed.Cause.ShouldBe(HaltCause.ExternalSystemDown);
    }

    protected override async Task PrepareAsync()
    {
        _one = new TestHttp(async asked =>
        {
            if (asked.Request.RawUrl == "/slow") await _release.Task;
            return (200, "one");
        });
        _two = new TestHttp(asked => Task.FromResult((200, "two")));
        await File.WriteAllTextAsync(Bench.At("haproxy.cfg"), $"""
            global
                stats socket ipv4@127.0.0.1:{_api} level admin
                stats socket {Bench.At("haproxy.sock")} mode 600 level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 30s
                timeout server 30s
            frontend front
                bind 127.0.0.1:{_front}
                default_backend shop
            backend shop
                balance roundrobin
                use-server one if {"{ path /slow }"}
                server one 127.0.0.1:{_one.Port} check inter 200ms
                server two 127.0.0.1:{_two.Port} check inter 200ms
                server dead 127.0.0.1:{FreePort.Next()} check inter 200ms fall 1

            """);
        _haproxy = await TestDaemon.StartAsync("haproxy", _front, "-db", "-f", Bench.At("haproxy.cfg"));
        await TestHub.Until(async () => (await BodiesAsync(6)).Distinct().Count() == 2, "both servers answer");
    }

    protected override async Task CleanUpAsync()
    {
        _release.TrySetResult();
        if (_haproxy is null) return;
        await _haproxy.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _client.Dispose();
    }

    private async Task<Task<string>> SlowRequestAsync()
    {
        var slow = _client.GetStringAsync($"http://127.0.0.1:{_front}/slow");
        await TestHub.Until(() => Task.FromResult(_one.Asked.Contains("GET /slow")), "the slow request has arrived");
        return slow;
    }

    private async Task<List<string>> BodiesAsync(int count)
    {
        var bodies = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var answer = await _client.GetAsync($"http://127.0.0.1:{_front}/");
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        return bodies;
    }
}
