using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using DeployHub.Features.Access;

namespace DeployHub.Benchmarks;

/// <summary>The product as people start it, with its demo, on a database that is given.</summary>
internal sealed partial class ProductProcess : IAsyncDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-bench-data-{Guid.NewGuid():N}");
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ProductProcess(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DeployHub.Web.dll"), "--demo", "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__DeployHub"] = connectionString;
        start.Environment["DeployHub__DataDirectory"] = _directory;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (Ready().Match(line.Data ?? "") is { Success: true } match) _ready.TrySetResult(new Uri(match.Groups[1].Value));
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public Uri Address => _ready.Task.Result;

    public static async Task<ProductProcess> StartAsync(string connectionString)
    {
        var product = new ProductProcess(connectionString);
        await product._ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
        return product;
    }

    /// <summary>As the demo's deployment manager.</summary>
    public async Task<HttpClient> SignedInAsync()
    {
        var http = new HttpClient { BaseAddress = Address };
        var token = WebUtility.HtmlDecode(Token().Match(await http.GetStringAsync("/sign-in")).Groups[1].Value);
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

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync(); // it takes the demo's processes with it
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"ready at (http\S+)")]
    private static partial Regex Ready();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
