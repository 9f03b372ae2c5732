using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;

namespace DeployHub.Benchmarks;

/// <summary>A run on many targets simulated over HTTP, every step of every target told.</summary>
internal static class Simulate
{
    private const int Targets = 500;
    private const int Rounds = 30;
    private static readonly string[] Versions = ["shelf@1"];

    private const string Fleet = """
        model: fleet
        name: Fleet
        purpose: Shows what simulating a run on many targets costs.
        approach: Rolling
        appliesTo: { kinds: [Hardware] }
        stages:
          verifyComponents: [{ name: Compare the manifest, uses: check-manifest, timeout: 1m }]
          verifyEnvironment:
            - { name: Reach it, uses: check-reachable, timeout: 1m }
            - { name: Find the tools, uses: check-tools, with: { tools: [sh, tar] }, timeout: 1m }
          execute:
            phases: { batches: "10%" }
            steps:
              - { name: Prepare, uses: script, with: { command: [sh, -c, "prepare ${target.name}"] }, timeout: 1m }
              - { name: Install, uses: script, with: { command: [sh, -c, "install ${version.label}"], environment: { HOST: "${target.name}" } }, timeout: 2m }
              - { name: Ask, uses: check-http, with: { url: "http://${target.name}/health", within: 10s }, timeout: 1m }
          verifyDeployment: [{ name: Read it back, uses: check-version, with: { url: "http://${target.name}/version" }, timeout: 1m }]
        rollback: { method: RedeployPrevious }
        """;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        await RegisterAsync(connectionString);

        using var http = await product.SignedInAsync();
        http.DefaultRequestHeaders.Add("X-Antiforgery", await ProductProcess.TokenAsync(http));
        var (whole, one) = (await MedianAsync(http, null), await MedianAsync(http, "host-250"));
        await new Report("simulate", $"How long does it take to simulate a run of seven steps on {Targets} targets?")
            .Add("every step of every target told, ms (median)", whole).Goal("≤ 200 ms", whole <= 200)
            .Add("the steps of one target told, ms (median)", one)
            .WriteAsync();
    }

    private static async Task RegisterAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await hub.RegisterAsync(environments: 0);
        await hub.DoAsync(new ImportModel("fleet", Fleet));
        await hub.DoAsync(new RegisterEnvironment("fleet", "Fleet", Tier.Development, "Bench"));
        foreach (var host in Enumerable.Range(1, Targets)) await hub.DoAsync(new RegisterTarget("fleet", $"host-{host:000}", new LocalConnection("/srv/bench")));
    }

    private static async Task<double> MedianAsync(HttpClient http, string? subject)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds + 5; round++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await http.PostAsJsonAsync("/api/v1/models/fleet/simulations", new { plan = new { environment = "fleet", versions = Versions }, subject });
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"The simulation answers {answer.StatusCode}: {text}");
            if (round >= 5) times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Report.Median(times);
    }
}
