using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;

namespace DeployHub.Benchmarks;

/// <summary>
/// Ten thousand lines a second from one step of one run, on their way through the worker, the database and the live stream to an open page,
/// whose connection is cut in the middle. Each line carries when it was said.
/// </summary>
internal static partial class LiveLog
{
    private const int Rate = 10_000;
    private const int Seconds = 10;
    private const int Lines = Rate * Seconds;

    public static async Task RunAsync()
    {
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var product = await ProductProcess.StartAsync(connectionString);
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        using var http = await product.SignedInAsync();
        var number = await PlanAsync(hub);
        await hub.StartRunAsync(number);

        var page = new Page();
        await page.ReadAsync(http, $"/live/runs/{number}/1?after=0.0", until: Lines / 2);
        await page.ReadAsync(http, $"/live/runs/{number}/1?after=0.0", until: Lines);

        var delays = page.Delays.Order().ToList();
        var slow = delays[(int)(delays.Count * 0.99)];
        await new Report("livelog", $"How soon do {Rate:N0} log lines a second reach an open page, and does any get lost over a cut connection?")
            .Add("lines said", Lines).Add("lines shown", page.Delays.Count).Goal("none lost", page.Delays.Count == Lines)
            .Add("shown twice", page.Twice)
            .Add("from said to shown, ms (median)", Report.Median(delays))
            .Add("from said to shown, ms (99th percentile)", slow).Goal("99th percentile ≤ 1,000 ms", slow <= 1000)
            .Add("the slowest, ms", delays[^1])
            .WriteAsync();
    }

    /// <summary>What the step itself does: lines in even portions, a hundred times a second.</summary>
    public static async Task SayAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        for (var line = 0; line < Lines;)
        {
            await timer.WaitForNextTickAsync();
            for (var end = line + Rate / 100; line < end; line++) await output.WriteLineAsync($"line {line} said {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} and some more words, as lines have them");
            await output.FlushAsync();
        }
    }

    private static async Task<string> PlanAsync(BenchHub hub)
    {
        await hub.DoAsync(new RegisterService("chatty", "Chatty", "Bench"));
        await hub.DoAsync(new RegisterComponent("chatty", "chatty", "Chatty", ComponentKind.Hardware));
        await hub.DoAsync(new RegisterComponentVersion("chatty", "1", Manifest: new Dictionary<string, string> { ["model"] = "S1" }));
        await hub.DoAsync(new RegisterEnvironment("chatty", "Chatty", Tier.Development, "Bench"));
        await hub.DoAsync(new RegisterTarget("chatty", "target", new LocalConnection(Path.GetTempPath())));
        await hub.DoAsync(new ImportModel("chatty", $$"""
            model: chatty
            name: Chatty
            purpose: One step that says much.
            approach: BigBang
            appliesTo: { kinds: [Hardware] }
            stages:
              verifyComponents: [{ name: Nothing, uses: check-manifest, timeout: 1m }]
              verifyEnvironment: [{ name: Reach, uses: check-reachable, timeout: 1m }]
              execute: { phases: all-at-once, steps: [{ name: Talk, uses: script, with: { command: [dotnet, "{{typeof(LiveLog).Assembly.Location}}", say] }, timeout: 2m }] }
              verifyDeployment: [{ name: Look, uses: check-script, with: { command: ["true"] }, timeout: 1m }]
            rollback: { method: RedeployPrevious }
            """));
        return await hub.PlanAsync(new PlanInput { Environment = "chatty", Versions = ["chatty@1"], Model = "chatty" });
    }

    [GeneratedRegex("line ([0-9]+) said ([0-9]+) ")]
    private static partial Regex Said();

    /// <summary>An open page, as far as its stream goes.</summary>
    private sealed class Page
    {
        private readonly HashSet<int> _seen = [];
        private string? _last;

        /// <summary>In milliseconds, one for each line.</summary>
        public List<double> Delays { get; } = [];

        public int Twice { get; private set; }

        /// <summary>Reads from where it was until it has that many lines, then cuts the connection in the middle of whatever is on its way.</summary>
        public async Task ReadAsync(HttpClient http, string address, int until)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (_last is not null) request.Headers.Add("Last-Event-ID", _last);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            answer.EnsureSuccessStatusCode();
            await using var stream = await answer.Content.ReadAsStreamAsync(limit.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
            {
                _last = item.EventId ?? _last;
                if (item.EventType is "log") Show(item.Data);
                if (_seen.Count >= until) return;
            }
        }

        private void Show(string html)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            foreach (Match line in Said().Matches(html))
                if (_seen.Add(int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))) Delays.Add(now - long.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
                else Twice++;
        }
    }
}
