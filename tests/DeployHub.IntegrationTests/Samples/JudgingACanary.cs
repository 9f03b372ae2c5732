using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Samples;

/// <summary>Journey J3's decision by a real Prometheus that scrapes the demo's service while users visit it.</summary>
public sealed class JudgingACanary(GreeterTraffic traffic) : IClassFixture<GreeterTraffic>, IAsyncLifetime
{
    private readonly Workbench _bench = new();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(GreeterTraffic.Missing is not null, GreeterTraffic.Missing ?? "");
        await traffic.HasSamplesAsync(52); // four a second, for thirteen seconds
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task One_that_serves_its_users_as_the_others_do_passes() =>
        (await _bench.VisitAsync(Compare("1.1.0"))).ShouldBeOfType<StepOutcome.Succeeded>(string.Join('\n', _bench.Log)).Evidence.ShouldContain(evidence => evidence.Name == "Score" && evidence.Value.StartsWith("100 of 100"));

    [Fact]
    public async Task One_that_fails_its_users_is_a_breach()
    {
        var failed = (await _bench.VisitAsync(Compare("1.2.0"))).ShouldBeOfType<StepOutcome.Failed>(string.Join('\n', _bench.Log));

        failed.Cause.ShouldBe(HaltCause.MetricBreach);
        failed.Reason.ShouldContain("Errors is higher than the baseline: mean 1 against 0");
    }

    [Fact]
    public async Task With_too_few_samples_nothing_is_told() =>
        (await _bench.VisitAsync(Compare("1.1.0", minimumSamples: 100))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("samples of the canary where 100 are needed");

    [Fact]
    public async Task Neither_passes_what_nobody_measures() =>
        (await _bench.VisitAsync(Compare("9.9.9"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("has no samples of the canary");

    private CheckCanary Compare(string version, int minimumSamples = 6) => new(
        traffic.Prometheus, [new CanaryMetric("Errors", Errors(version), Errors("1.0.0"), MustPass: true, MinimumSamples: minimumSamples)], Window: "11s", Step: "1s");

    private static string Errors(string version) =>
        $$"""sum(rate(greeter_requests_total{version="{{version}}",code="500"}[2s])) / sum(rate(greeter_requests_total{version="{{version}}"}[2s]))""";
}
