using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Both questions to monitoring, answered as the test says.</summary>
public sealed class CheckIncidentsVerifierTests : ExecutorContract
{
    private readonly Dictionary<string, (int Status, string Body)> _answers = [];
    private TestHttp _source = null!;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckIncidents(_source.Url, Labels: new Dictionary<string, string> { ["service"] = "blog" }, Token: "${secret:planted}");

    protected override (StepSettings, string[])? Failing => (new CheckIncidents(_source.Url), ["1 alert is active", "ShopDown", "critical"]);

    protected override (StepSettings, string?)? Endless => null;

    [Fact]
    public async Task An_active_alert_is_an_incident_and_a_source_that_does_not_tell_is_never_a_pass()
    {
        (await FailsAsync(new CheckIncidents(_source.Url))).Cause.ShouldBe(HaltCause.ActiveIncident);
        await SucceedsAsync(new CheckIncidents(_source.Url, Severities: ["sev1"]));
        var manager = new CheckIncidents(_source.Url, AlertSource.Alertmanager);
        (await FailsAsync(manager)).Reason.ShouldContain("QueueFull (Page, since 2026-11-29T10:00:00Z)");

        foreach (var bad in new (int, string)[] { (503, "[]"), (200, "<html>"), (200, "{}"), (200, "[{}]"), (200, $"[{new string(' ', 16 << 20)}]") })
        {
            _answers["/api/v2/alerts"] = bad;
            (await FailsAsync(manager)).Cause.ShouldBe(HaltCause.MonitoringDown);
        }

        _answers["/api/v2/alerts"] = (200, "[]");
        await SucceedsAsync(manager);
    }

    [Fact]
    public async Task Monitoring_that_is_not_well_or_does_not_see_the_target_is_down()
    {
        var check = new CheckMonitoring(_source.Url, Up: ["up{instance=\"web-1:9100\"}"]);
        (await SucceedsAsync(check))["up{instance=\"web-1:9100\"}"].ShouldBe("gives 1");

        foreach (var result in (string[])["[1,\"0\"]", "[1,\"NaN\"]"])
        {
            _answers["/api/v1/query"] = (200, """{"status":"success","data":{"resultType":"scalar","result":RESULT}}""".Replace("RESULT", result, StringComparison.Ordinal));
            (await FailsAsync(check)).Cause.ShouldBe(HaltCause.MonitoringDown);
        }

        _answers["/api/v1/query"] = (200, """{"status":"success","data":{"resultType":"vector","result":[]}}""");
        (await FailsAsync(check)).Reason.ShouldContain("would not notice what happens to web-1: “up{instance=\"web-1:9100\"}” gives no value");
        _answers["/-/healthy"] = (503, "starting");
        (await FailsAsync(check with { Up = null })).Reason.ShouldContain("answered 503 starting");
        await _source.DisposeAsync();
        (await FailsAsync(check)).Cause.ShouldBe(HaltCause.MonitoringDown);
    }

    protected override Task PrepareAsync()
    {
        _answers["/api/v1/alerts"] = (200, """{"status":"success","data":{"alerts":[{"labels":{"alertname":"ShopDown","severity":"critical","service":"shop"},"annotations":{"summary":"It is down."},"state":"firing","activeAt":"2026-11-29T10:00:00Z"}]}}""");
        _answers["/api/v2/alerts"] = (200, """[{"labels":{"alertname":"QueueFull","severity":"Page"},"status":{"state":"active"},"startsAt":"2026-11-29T10:00:00Z"}]""");
        _answers["/-/healthy"] = (200, "OK");
        _answers["/api/v1/query"] = (200, """{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}""");
        _source = new TestHttp(context => Task.FromResult(_answers[context.Request.Url!.AbsolutePath]));
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync() => await _source.DisposeAsync();
}
