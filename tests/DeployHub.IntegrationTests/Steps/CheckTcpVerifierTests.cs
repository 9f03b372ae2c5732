using System.Net;
using System.Net.Sockets;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckTcpVerifierTests : ExecutorContract
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _closed = FreePort.Next();

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckTcp(Open);

    protected override (StepSettings, string[])? Failing => (new CheckTcp($"127.0.0.1:{_closed}", Within: "1s"), [$"127.0.0.1:{_closed} should be open within 1s", "refused"]);

    protected override (StepSettings, string?)? Endless => (new CheckTcp($"127.0.0.1:{_closed}", Within: "1h"), null);

    protected override StepSettings? Telling => null;

    private string Open => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    [Fact]
    public async Task What_should_be_gone_is_gone_when_nobody_listens()
    {
        (await SucceedsAsync(new CheckTcp($"127.0.0.1:{_closed}", Open: false)))[$"127.0.0.1:{_closed}"].ShouldBe("Nobody listens");
        (await FailsAsync(new CheckTcp(Open, Open: false, Within: "1s"))).Reason.ShouldContain("should be closed within 1s, but somebody listens");
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_said_and_proves_nothing()
    {
        (await FailsAsync(new CheckTcp("nowhere.invalid:1", Within: "1s"))).Reason.ShouldContain("nowhere.invalid:1 should be open");
        (await VisitAsync(new CheckTcp("nowhere.invalid:1", Open: false, Within: "1s"))).ShouldBeOfType<DeployHub.Domain.Runs.StepOutcome.Inconclusive>().Reason.ShouldContain("cannot be told");
    }

    protected override Task PrepareAsync()
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    protected override Task CleanUpAsync()
    {
        _listener.Dispose();
        return Task.CompletedTask;
    }
}
