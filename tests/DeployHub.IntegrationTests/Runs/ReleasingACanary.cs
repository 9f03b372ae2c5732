using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>J3 on real parts: HAProxy shifts real requests, Prometheus tells what users got, and the engine decides by what the model says.</summary>
public sealed class ReleasingACanary(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private const string Phases = """
            phases:
              - { name: Canary, targets: 1, traffic: 25%, soak: 20s }
              - { name: Everyone, traffic: 100%, soak: 8s }
            onBreach: RollBack
            switch:
              - { name: Traffic to the canary, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: canary, weight: "${phase.traffic}" }, timeout: 2m }
              - { name: Traffic to the others, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: stable, weight: "${phase.otherTraffic}" }, timeout: 2m }
            watch:
              - name: Errors
                uses: check-metric
                timeout: 1m
                with:
                  source: SOURCE
                  query: 'sum(rate(haproxy_server_http_responses_total{proxy="shop",server="canary",code="5xx"}[10s])) / sum(rate(haproxy_server_http_responses_total{proxy="shop",server="canary"}[10s]))'
                  threshold: "0.05"
                  every: 1s
                  breaches: 3
        """;

    private const string Back = """
        rollback:
          method: RedeployPrevious
          switch:
            - { name: Traffic back, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: canary, weight: "0" }, timeout: 2m }
            - { name: Traffic to the others, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: stable, weight: "100" }, timeout: 2m }
        """;

    [Fact]
    public async Task A_canary_that_fails_its_users_is_rolled_back_by_itself_and_one_that_serves_them_goes_on()
    {
        Assert.SkipWhen(CanaryTraffic.Missing is not null, CanaryTraffic.Missing ?? "");
        CanaryTraffic? traffic = null;
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed", "timeout: 1m, afterLoss: RunAgain"), change: async (place, document) =>
        {
            traffic = await CanaryTraffic.StartAsync(place.PlaceOf("t-1"), place.PlaceOf("t-2"));
            return document.Replace("approach: Rolling", "approach: Canary", StringComparison.Ordinal)
                .Replace("    phases: { batches: 1 }", Phases, StringComparison.Ordinal).Replace("rollback: { method: RedeployPrevious }", Back, StringComparison.Ordinal)
                .Replace("API", traffic.HaproxyApi, StringComparison.Ordinal).Replace("SOURCE", traffic.Prometheus, StringComparison.Ordinal);
        });
        await using var ended = traffic!;

        var good = await estate.StartAsync("1.0.0");
        await estate.ReachesAsync(good, RunStatus.Succeeded);
        (await estate.RunAsync(good)).Exposure.ShouldBe(100);

        var bad = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(bad, RunStatus.RolledBack);
        var run = await estate.RunAsync(bad);
        var halt = run.Halts.ShouldHaveSingleItem();
        halt.Cause.ShouldBe(HaltCause.MetricBreach);
        halt.Sentence.ShouldStartWith("“Errors” failed while Canary was observed: 0.");
        halt.Resolution!.Choice.ShouldBe(ResolutionChoice.RollBack);
        halt.Resolution.By.ShouldBe(Actor.System);

        var back = run.TargetRuns.First(targetRun => targetRun.Part is PhasePart.Switch && targetRun.Steps[0].Name == "Traffic back");
        (back.BeganAt!.Value - halt.At).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        run.Exposure.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "installed"))).ShouldBe("1.0.0");
        run.Targets.Select(target => target.Result).ShouldBe([TargetResult.RolledBack, TargetResult.Pending]);
    }
}
