using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DeployHub.Features.Access;

namespace DeployHub.Benchmarks;

/// <summary>The product as people start it, on a database that is given.</summary>
internal sealed partial class ProductProcess : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-bench-data-{Guid.NewGuid():N}");
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ProductProcess(string connectionString, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DeployHub.Web.dll"), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__DeployHub"] = connectionString;
        start.Environment["DeployHub__DataDirectory"] = _directory;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (Ready().Match(line.Data ?? "") is { Success: true } match) _ready.TrySetResult(match.Groups[1].Value);
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public Uri Address => new(_ready.Task.Result);

    /// <summary>The most that it ever had in memory; only where there is <c>/proc</c>.</summary>
    public double MostMegabytes =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Web and worker in one, with the demo.</summary>
    public static Task<ProductProcess> StartAsync(string connectionString) => StartAsync(connectionString, ["--demo", "--urls", "http://127.0.0.1:0"], []);

    public static Task<ProductProcess> StartWorkerAsync(string connectionString, params KeyValuePair<string, string>[] settings) => StartAsync(connectionString, ["--roles", "worker"], settings);

    private static async Task<ProductProcess> StartAsync(string connectionString, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var product = new ProductProcess(connectionString, arguments, settings);
        await product._ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
        return product;
    }

    /// <summary>As the demo's deployment manager.</summary>
    public async Task<HttpClient> SignedInAsync()
    {
        var http = new HttpClient { BaseAddress = Address };
        var token = await TokenAsync(http, "/sign-in");
        var email = SeedPeople.Demo.Single(person => person.Part == "deployment manager").Email;
        using var answer = await http.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = email,
            ["Password"] = SeedPeople.DemoPassword,
            ["__RequestVerificationToken"] = token,
        }));
        answer.EnsureSuccessStatusCode();
        return http;
    }

    /// <summary>What a write has to carry in <c>X-Antiforgery</c> beside the cookie.</summary>
    public static async Task<string> TokenAsync(HttpClient http, string page = "/") => WebUtility.HtmlDecode(Token().Match(await http.GetStringAsync(page)).Groups[1].Value);

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync(); // it takes the demo's processes with it
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"ready at (http\S+)|This worker waits for work")]
    private static partial Regex Ready();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
