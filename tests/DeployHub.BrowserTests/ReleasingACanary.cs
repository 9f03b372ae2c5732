using System.Text.Json;
using DeployHub.IntegrationTests.Hub;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>Journey J3: HAProxy shifts real requests, Prometheus tells what users got, and the engine decides by what the model says.</summary>
[TakesLong(81)]
public sealed class ReleasingACanary(Site site)
{
    private const string Execute = """
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
        steps:
          - { name: Bring it, uses: upload, with: { to: installed }, timeout: 1m, afterLoss: RunAgain }
        """;

    private const string Back = """
        rollback:
          method: RedeployPrevious
          switch:
            - { name: Traffic back, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: canary, weight: "0" }, timeout: 2m }
            - { name: Traffic to the others, uses: traffic-haproxy, with: { addresses: ["API"], backend: shop, server: stable, weight: "100" }, timeout: 2m }
        """;

    [Fact]
    public async Task A_canary_that_serves_its_users_goes_on_and_one_that_fails_them_is_rolled_back_by_itself()
    {
        Assert.SkipWhen(CanaryTraffic.Missing is not null, CanaryTraffic.Missing ?? "");
        await using var yard = await Yard.RegisterAsync(site, "canary");
        await using var traffic = await CanaryTraffic.StartAsync(yard.PlaceOf("t-1"), yard.PlaceOf("t-2"));
        string Filled(string text) => text.Replace("API", traffic.HaproxyApi, StringComparison.Ordinal).Replace("SOURCE", traffic.Prometheus, StringComparison.Ordinal);
        await yard.TargetsAsync([yard.Local("t-1"), yard.Local("t-2")]);
        await yard.ModelAsync(
            "Canary", Filled(Execute), $"- {{ name: Read it back, uses: check-script, with: {{ command: [grep, -q, \"${{version.label}}\", \"{yard.Root}/${{target.name}}/installed\"] }}, timeout: 1m }}", Filled(Back));

        await using (var good = await site.StartAsync(await yard.PlanAsync("1.0.0")))
        {
            await good.Page.SeesAsync("Succeeded", seconds: 150);
            await Expect(good.Page.Locator(".run-line")).ToContainTextAsync("100\u00a0% of the traffic".Replace('\u00a0', ' '));
        }

        var number = await yard.PlanAsync("1.1.0");
        await using var bad = await site.StartAsync(number);
        await bad.Page.SeesAsync("Rolled back", seconds: 150);
        await Expect(bad.Page.Locator("#run-state")).ToContainTextAsync("“Errors” failed while Canary was observed: 0.");
        await Expect(bad.Page.Locator("#run-state")).ToContainTextAsync("DeployHub: roll back");
        await Expect(bad.Page.Locator(".run-line")).ToContainTextAsync("0 % of the traffic");
        await bad.Page.LoadAxeAsync();
        (await bad.Page.ViolationsAsync()).ShouldBeEmpty();

        RolledBackWithin(TimeSpan.FromSeconds(10), await yard.ReadAsync($"/deployments/{number}/runs/1"));
        (await File.ReadAllTextAsync(Path.Combine(yard.PlaceOf("t-1"), "installed"))).ShouldBe("1.0.0");
        await bad.Page.GotoAsync($"/records/{number}");
        await Expect(bad.Page.Locator("main")).ToContainTextAsync("Metric breach");
        bad.Complaints.ShouldBeEmpty();
    }

    /// <summary>No human had to act: the traffic goes back at once.</summary>
    private static void RolledBackWithin(TimeSpan most, JsonElement run)
    {
        var halt = run.GetProperty("halts").EnumerateArray().ShouldHaveSingleItem();
        halt.GetProperty("cause").GetString().ShouldBe("MetricBreach");
        halt.GetProperty("resolution").GetProperty("by").GetProperty("kind").GetString().ShouldBe("System");
        var back = run.GetProperty("targetRuns").EnumerateArray().First(targetRun => targetRun.GetProperty("steps").EnumerateArray().Any(step => step.GetProperty("name").GetString() == "Traffic back"));
        (back.GetProperty("beganAt").GetDateTimeOffset() - halt.GetProperty("at").GetDateTimeOffset()).ShouldBeLessThan(most);
    }
}
