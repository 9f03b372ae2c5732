using System.Diagnostics;
using System.Net;
using DeployHub.Features.Deployments;

namespace DeployHub.Benchmarks;

/// <summary>How long pages take with the demo and ten thousand deployments, over HTTP on one kept connection.</summary>
internal static class Pages
{
    private const int Deployments = 10_000;
    private const int Reads = 30;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        var number = await DeployOnceAsync(connectionString);
        await ManyDeployments.CopyAsync(connectionString, number, Deployments);

        using var http = await product.SignedInAsync();
        var medians = new Dictionary<string, double>();
        foreach (var page in Addresses(number)) medians[page] = await MedianAsync(http, page);

        var report = new Report("pages", $"How long does the server take for a page with the demo and {Deployments:N0} more deployments?");
        foreach (var (page, median) in medians) report.Add($"{page}, ms", median);
        var plain = medians["/account"];
        await report.Add("the slowest page, ms", medians.Values.Max()).Add("the slowest, times a page that lists nothing", medians.Values.Max() / plain)
            .Goal("every page ≤ 50 ms", medians.Values.Max() <= 50).WriteAsync();
    }

    private static string[] Addresses(string number) =>
    [
        "/account", "/", "/deployments", "/deployments?status=Completed", "/deployments?environment=production", "/deployments?after=DEP-2025-005000",
        $"/deployments/{number}", $"/deployments/{number}/runs/1", "/deployments/new", "/records", $"/records/{number}", "/environments", "/environments/staging",
        "/services", "/services/greeter", "/components", "/components/greeter-web", "/components/greeter-web/versions/1.1.0", "/models", "/models/rolling-web-service",
        "/find?q=DEP-2025-0050", "/find?q=greeter",
    ];

    /// <summary>By the product's own commands and worker, so that what is copied is real.</summary>
    private static async Task<string> DeployOnceAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        var number = await hub.PlanAsync(new PlanInput { Environment = "staging", Versions = ["greeter-web@1.1.0"], Model = "rolling-web-service" });
        await hub.StartRunAsync(number);
        await hub.AllSucceededAsync();
        return number;
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
