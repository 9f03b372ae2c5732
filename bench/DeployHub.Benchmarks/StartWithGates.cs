using System.Diagnostics;
using System.Net;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Inventory;
using DeployHub.Features.Partners;

namespace DeployHub.Benchmarks;

/// <summary>What <c>POST …/runs</c> takes with every gate asked: many windows and organisations are known, and each plan waits for another one. Beside it a read of the same deployment.</summary>
internal static class StartWithGates
{
    private const int Targets = 20, Windows = 200, Organisations = 20, Rounds = 30, WarmUp = 30;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        var numbers = await PlanAsync(connectionString);
        using var http = await product.SignedInAsync();
        http.DefaultRequestHeaders.Add("X-Antiforgery", await ProductProcess.TokenAsync(http));

        var (refused, started, read) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (first, second) in numbers)
        {
            read.Add(await MeasuredAsync(() => http.GetAsync($"/api/v1/deployments/{first}"), HttpStatusCode.OK));
            refused.Add(await MeasuredAsync(() => http.PostAsync($"/api/v1/deployments/{second}/runs", null), HttpStatusCode.Conflict)); // it starts after the first one
            started.Add(await MeasuredAsync(() => http.PostAsync($"/api/v1/deployments/{first}/runs", null), HttpStatusCode.Created));
        }

        var (start, refusal, reading) = (Report.Median(started.Skip(WarmUp)), Report.Median(refused.Skip(WarmUp)), Report.Median(read.Skip(WarmUp)));
        await new Report("gates", $"How long does it take to start a run on {Targets} targets with every gate asked, {Windows} windows and {Organisations} organisations known?")
            .Add("a refused start: every gate asked, ms (median)", refusal)
            .Add("a start: the run of four stages expanded and stored, ms (median)", start).Goal("≤ 50 ms", start <= 50)
            .Add("a read of the deployment, ms (median)", reading).Add("times the read", start / reading)
            .WriteAsync();
    }

    private static async Task<IReadOnlyList<(string First, string Second)>> PlanAsync(string connectionString)
    {
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await hub.RegisterAsync(environments: 0);
        for (var organisation = 1; organisation <= Organisations; organisation++)
        {
            await hub.DoAsync(new RegisterOrganisation($"org-{organisation}", $"Organisation {organisation}"));
            await hub.DoAsync(new AddConcern($"org-{organisation}", "bench", "production"));
        }

        for (var window = 0; window < Windows; window++)
            await hub.DoAsync(new DefineWindow(
                $"Window {window}", "Bench", "Bench", new ScopeInput { Environment = "staging" },
                new RecurrenceInput { Start = new DateTime(2026, 1, 5, window % 22, 0, 0), End = new DateTime(2026, 1, 5, (window % 22) + 2, 0, 0), Zone = "Europe/Berlin", Rule = "FREQ=WEEKLY;BYDAY=MO" }));

        var numbers = new List<(string, string)>();
        for (var round = 1; round <= Rounds + WarmUp; round++) numbers.Add(await PlanAsync(hub, $"env-{round}"));
        return numbers;
    }

    private static async Task<(string First, string Second)> PlanAsync(BenchHub hub, string environment)
    {
        await hub.DoAsync(new RegisterEnvironment(environment, environment, Tier.Development, "Bench"));
        for (var target = 1; target <= Targets; target++) await hub.DoAsync(new RegisterTarget(environment, $"{environment}-{target}", new LocalConnection(Path.GetTempPath())));
        await hub.DoAsync(new DefineWindow(
            "All day", "Bench", "Bench", new ScopeInput { Environment = environment },
            new RecurrenceInput { Start = new DateTime(2026, 1, 1), End = new DateTime(2026, 1, 2), Zone = "UTC", Rule = "FREQ=DAILY" }));

        var plan = new PlanInput { Environment = environment, Versions = ["shelf@1"], Model = "nothing", DeployAgain = true };
        var first = await hub.PlanAsync(plan);
        return (first, await hub.PlanAsync(plan with { After = [new PredecessorInput(first)] }));
    }

    private static async Task<double> MeasuredAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode expected)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await ask();
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == expected ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"It answers {answer.StatusCode}: {text}");
    }
}
