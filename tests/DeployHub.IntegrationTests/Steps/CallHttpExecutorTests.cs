using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CallHttpExecutorTests : ExecutorContract
{
    private readonly TaskCompletionSource _never = new();
    private readonly TestHttp _server;

    public CallHttpExecutorTests() => _server = new TestHttp(async asked =>
    {
        if (asked.Request.RawUrl == "/never") await _never.Task;
        return asked.Request.RawUrl == "/order" ? (200, """{ "order": { "id": 4711 } }""") : asked.Request.RawUrl == "/broken" ? (503, "no room\nfor you") : (200, $"hello {asked.Request.Headers["X-Planted"]}");
    });

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CallHttp($"{_server.Url}/");

    protected override (StepSettings, string[])? Failing => (new CallHttp($"{_server.Url}/broken"), ["GET", $"{_server.Url}/broken", "503", "no room for you"]);

    protected override (StepSettings, string?)? Endless => (new CallHttp($"{_server.Url}/never"), null);

    protected override StepSettings Telling =>
        new CallHttp($"{_server.Url}/", Headers: new Dictionary<string, string> { ["X-Planted"] = "${secret:planted}" }, ExpectText: "something else");

    [Theory]
    [InlineData("GET", AfterLoss.RunAgain)]
    [InlineData("PUT", AfterLoss.RunAgain)]
    [InlineData("POST", AfterLoss.AskPerson)]
    [InlineData("PATCH", AfterLoss.AskPerson)]
    public void Only_methods_that_may_be_repeated_are_repeated(string method, AfterLoss expected) => new CallHttp("http://x/", method).AfterLoss.ShouldBe(expected);

    [Fact]
    public async Task What_stands_in_the_answer_is_said() =>
        (await VisitAsync(new CallHttp($"{_server.Url}/order", Outputs: new Dictionary<string, string> { ["id"] = "/order/id", ["none"] = "/order/none" }))).Outputs.ShouldBe(new Dictionary<string, string> { ["id"] = "4711" });

    [Fact]
    public async Task Nobody_there_is_said_with_the_address() =>
        (await FailsAsync(new CallHttp($"http://127.0.0.1:{FreePort.Next()}/"))).Reason.ShouldContain("gave no answer");

    protected override async Task CleanUpAsync()
    {
        _never.TrySetResult();
        await _server.DisposeAsync();
    }
}
