using System.Net;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckCmdbVerifierTests : ExecutorContract
{
    private readonly TestHttp _cmdb = new(Answer);

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check("1.1.0");

    protected override (StepSettings, string[])? Failing => (Check("1.2.0"), [$"{_cmdb.Url}/ci/web-1", "says 1.1.0 at /result/0/version instead of 1.2.0"]);

    protected override (StepSettings, string?)? Endless => (Check("1.2.0") with { Within = "1h" }, null);

    protected override StepSettings? Telling => Check("${secret:planted}") with { Headers = new Dictionary<string, string> { ["X-Told"] = "${secret:planted}" } };

    [Fact]
    public async Task What_is_missing_and_who_may_not_look_are_failures_of_the_CMDB()
    {
        var failed = await FailsAsync(Check("1.1.0") with { Expect = new Dictionary<string, string> { ["/result/1/version"] = "1.1.0" } });
        (failed.Cause, failed.Reason.Contains("says nothing at /result/1/version", StringComparison.Ordinal)).ShouldBe((HaltCause.CmdbUpdateFailed, true));
        (await FailsAsync(Check("1.1.0") with { Url = $"{_cmdb.Url}/none" })).Reason.ShouldContain("answered 404");
    }

    [Fact]
    public async Task Its_headers_go_nowhere_else()
    {
        var reason = (await FailsAsync(Check("1.1.0") with { Url = $"{_cmdb.Url}/moved" })).Reason;
        reason.ShouldContain("leads to other.example, and what it is asked with is sent nowhere else");
        reason.ShouldNotContain("ticket");
    }

    protected override Task CleanUpAsync() => _cmdb.DisposeAsync().AsTask();

    private CheckCmdb Check(string version) => new($"{_cmdb.Url}/ci/web-1", new Dictionary<string, string> { ["/result/0/version"] = version }, Within: "1s");

    private static Task<(int, string)> Answer(HttpListenerContext context)
    {
        if (context.Request.RawUrl == "/moved") context.Response.RedirectLocation = "https://other.example/login?ticket=1";
        return Task.FromResult(context.Request.RawUrl == "/moved" ? (302, "") : context.Request.RawUrl == "/ci/web-1" ? (200, """{ "result": [{ "name": "web-1", "version": "1.1.0" }] }""") : (404, "none"));
    }
}
