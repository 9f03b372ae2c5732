using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real HAProxy before servers that users come to, and some that they do not.</summary>
public sealed class CheckHaproxyServerVerifierTests : ExecutorContract
{
    private readonly int _front = FreePort.Next();
    private readonly int _api = FreePort.Next();
    private TestHttp _server = null!;
    private TestDaemon _haproxy = null!;

    private string Address => $"127.0.0.1:{_api}";

    protected override string? Missing => TestDaemon.Missing("haproxy");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckHaproxyServer([Address], "shop", "blue");

    protected override (StepSettings, string[])? Failing => (new CheckHaproxyServer([Address], "shop", "green", Within: "1s"), [$"Users should come to server shop/green at {Address}", "MAINT"]);

    protected override (StepSettings, string?)? Endless => (new CheckHaproxyServer([Address], "shop", "green", Within: "1h"), null);

    protected override StepSettings Telling => new CheckHaproxyServer([Address], "${secret:planted}", "blue");

    protected override Task<string> StateAsync() => Task.FromResult("It only looks.");

    [Fact]
    public async Task A_server_that_is_out_of_the_traffic_is_no_place_for_users()
    {
        (await SucceedsAsync(new CheckHaproxyServer([Address], "shop", "green", TakesTraffic: false))).Values.Single().ShouldStartWith("MAINT");
        (await SucceedsAsync(new CheckHaproxyServer([Address], "shop", "weightless", TakesTraffic: false))).Values.Single().ShouldContain("weight 0");
        (await FailsAsync(new CheckHaproxyServer([Address], "shop", "blue", TakesTraffic: false, Within: "1s"))).Reason.ShouldContain("No users should come to server shop/blue");
    }

    [Fact]
    public async Task Who_is_not_known_or_not_there_is_said()
    {
        (await FailsAsync(new CheckHaproxyServer([Address], "shop", "red"))).Reason.ShouldContain("has no server red");
        (await FailsAsync(new CheckHaproxyServer([Address], "shop;disable server shop/blue", "blue"))).Reason.ShouldContain("cannot name a backend");
        (await FailsAsync(new CheckHaproxyServer([$"127.0.0.1:{FreePort.Next()}"], "shop", "blue"))).Cause.ShouldBe(HaltCause.ExternalSystemDown);
    }

    protected override async Task PrepareAsync()
    {
        _server = new TestHttp(asked => Task.FromResult((200, "blue")));
        await File.WriteAllTextAsync(Bench.At("haproxy.cfg"), $"""
            global
                stats socket ipv4@127.0.0.1:{_api} level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 30s
                timeout server 30s
            frontend front
                bind 127.0.0.1:{_front}
                default_backend shop
            backend shop
                server blue 127.0.0.1:{_server.Port} check inter 200ms
                server green 127.0.0.1:{_server.Port} disabled
                server weightless 127.0.0.1:{_server.Port} weight 0

            """);
        _haproxy = await TestDaemon.StartAsync("haproxy", _front, "-db", "-f", Bench.At("haproxy.cfg"));
    }

    protected override async Task CleanUpAsync()
    {
        if (_haproxy is null) return;
        await _haproxy.DisposeAsync();
        await _server.DisposeAsync();
    }
}
