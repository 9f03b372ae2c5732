using System.Diagnostics;
using System.Net;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;

namespace DeployHub.Benchmarks;

/// <summary>How long pages take with the demo and ten thousand deployments, over HTTP on one kept connection.</summary>
internal static class Pages
{
    private const int Deployments = 10_000;
    private const int Targets = 500;
    private const int Reads = 30;

    private const string Fleet = """
        model: fleet
        name: Fleet
        purpose: Shows what the page of a run on many targets costs.
        approach: Rolling
        appliesTo: { kinds: [Hardware] }
        stages:
          verifyComponents: [{ name: Compare the manifest, uses: check-manifest, timeout: 1m }]
          verifyEnvironment: [{ name: Reach it, uses: check-reachable, timeout: 1m }]
          execute: { phases: { batches: "100" }, steps: [{ name: Do it, uses: script, with: { command: ["true"] }, timeout: 1m }] }
          verifyDeployment: [{ name: Look again, uses: check-script, with: { command: ["true"] }, timeout: 1m }]
        rollback: { method: RedeployPrevious }
        """;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        var (number, fleet) = await DeployOnceAsync(connectionString);
        await ManyDeployments.CopyAsync(connectionString, number, Deployments);

        using var http = await product.SignedInAsync();
        var medians = new Dictionary<string, double>();
        foreach (var page in Addresses(number)) medians[page] = await MedianAsync(http, page);

        var many = await MedianAsync(http, $"/deployments/{fleet}/runs/1");

        var report = new Report("pages", $"How long does the server take for a page with the demo and {Deployments:N0} more deployments?");
        foreach (var (page, median) in medians) report.Add($"{page}, ms", median);
        var plain = medians["/account"];
        await report.Add("the slowest page, ms", medians.Values.Max()).Add("the slowest, times a page that lists nothing", medians.Values.Max() / plain)
            .Goal("every page ≤ 50 ms", medians.Values.Max() <= 50)
            .Add($"the page of a run on {Targets} targets, ms", many).Goal("≤ 100 ms", many <= 100).WriteAsync();
    }

    private static string[] Addresses(string number) =>
    [
        "/account", "/", "/deployments", "/deployments?status=Completed", "/deployments?environment=production", "/deployments?after=DEP-2025-005000",
        $"/deployments/{number}", $"/deployments/{number}/runs/1", "/deployments/new", "/records", $"/records/{number}", "/environments", "/environments/staging",
        "/services", "/services/greeter", "/components", "/components/greeter-web", "/components/greeter-web/versions/1.1.0", "/models", "/models/rolling-web-service",
        "/find?q=DEP-2025-0050", "/find?q=greeter",
    ];

    /// <summary>One deployment of the demo and one to many targets, by the product's own commands and worker, so that what is copied and shown is real.</summary>
    private static async Task<(string Demo, string Fleet)> DeployOnceAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        var number = await hub.PlanAsync(new PlanInput { Environment = "staging", Versions = ["greeter-web@1.1.0"], Model = "rolling-web-service" });
        await hub.StartRunAsync(number);
        await RegisterFleetAsync(hub);
        var fleet = await hub.PlanAsync(new PlanInput { Environment = "fleet", Versions = ["shelf@1"], Model = "fleet" });
        await hub.StartRunAsync(fleet);
        await hub.AllSucceededAsync();
        return (number, fleet);
    }

    private static async Task RegisterFleetAsync(BenchHub hub)
    {
        await hub.RegisterAsync(environments: 0);
        await hub.DoAsync(new ImportModel("fleet", Fleet));
        await hub.DoAsync(new RegisterEnvironment("fleet", "Fleet", Tier.Development, "Bench"));
        foreach (var host in Enumerable.Range(1, Targets))
            await hub.DoAsync(new RegisterTarget("fleet", $"host-{host:000}", new LocalConnection(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "deployhub-bench-fleet", $"{host}")).FullName)));
    }

    private static async Task<double> MedianAsync(HttpClient http, string page)
    {
        var times = new List<double>();
        for (var read = 0; read < Reads + 5; read++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await http.GetAsync(page);
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"{page} answers {answer.StatusCode}.");
            if (read >= 5) times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return Report.Median(times);
    }
}
