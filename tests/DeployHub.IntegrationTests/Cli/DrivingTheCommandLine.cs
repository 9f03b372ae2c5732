using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Cli;

/// <summary>The real command line against the real program with its demo, with a token that a person made on the page.</summary>
[TakesLong(30)]
public sealed partial class DrivingTheCommandLine : IAsyncLifetime
{
    private const string Slug = "pushed-web";

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-cli-").FullName;
    private DeployHubProcess? _program;
    private string _address = "";
    private DeployHubCommand? _dora;

    private DeployHubCommand Dora => _dora ?? throw new InvalidOperationException("The test has not begun.");

    /// <summary>As an editor on Windows leaves it: marked, CR LF, a tab and trailing spaces in comments, no line end at its end.</summary>
    private static byte[] Document => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Sample.ReplaceLineEndings("\r\n") + "\r\n#\tlast words – „ä“   \r\n# and no line end")];

    /// <summary>With line and column: an anchor, a merge key, a name twice, a tab, a wrong type, an unknown step.</summary>
    private static readonly (string Text, string Place)[] Mistakes =
    [
        ("model: a\nname: &n x\npurpose: *n\n", "2:7"),
        ("model: a\n<<: { name: x }\n", "2:1"),
        ("model: a\nname: x\nname: y\n", "3:1"),
        ("model: a\nappliesTo:\n\tkinds: [Software]\n", "3:1"),
        ("model: a\nname: [x]\n", "2:7"),
        ("model: a\nstages:\n  verifyComponents: [{ name: Look, uses: chek }]\n", "3:42"),
    ];

    private static string Sample => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "models", "rolling-web-service.yaml"))
        .Replace("model: rolling-web-service", $"model: {Slug}", StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string> { ["DeployHub__DataDirectory"] = Path.Combine(_directory, "data") };
        _program = DeployHubProcess.Start(settings, "--urls", "http://127.0.0.1:0");
        _address = await _program.ReadyAsync();
        _dora = new DeployHubCommand(_address, await TokenAsync("laptop", TokenScope.Everything), _directory);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null) await _program.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_document_goes_to_the_hub_and_comes_back_to_the_byte_and_is_compared_simulated_and_rehearsed()
    {
        await ValidatesAsync();
        await PushesAndPullsAsync();
        await TellsWhoWasQuickerAsync();
        await ComparesAsync();
        await SimulatesAsync();
        await RehearsesAsync();
        await RefusesAsync();
        await EndsWithItsTokenAsync();
    }

    private async Task ValidatesAsync()
    {
        Write("good.yaml", Document);
        Write("bad.yaml", Encoding.UTF8.GetBytes(Sample.Replace("approach: Rolling", "approach: Rollin", StringComparison.Ordinal)));

        (await Dora.RunAsync("model", "validate", "good.yaml")).With(0).Told.ShouldContain("1 document without errors.");
        var bad = (await Dora.RunAsync("model", "validate", "good.yaml", "bad.yaml")).With(1);
        bad.Text.ShouldMatch(@"(?m)^bad\.yaml:\d+:11: error: “approach” must be .+ \[model\.document\]$");
        bad.Text.ShouldNotContain("good.yaml:");
        (await Dora.RunAsync("model: [\n"u8.ToArray(), "model", "validate", "-")).With(1).Text.ShouldContain("<stdin>:");
        (await Dora.RunAsync([.. "model: a\nname: "u8, 0xFF], "model", "validate", "-")).With(1).Text.ShouldStartWith("<stdin>:2:7: error: ");

        foreach (var (text, place) in Mistakes)
            (await Dora.RunAsync(Encoding.UTF8.GetBytes(text), "model", "validate", "-")).With(1).Text.ShouldMatch($"(?m)^<stdin>:{place}: error: ");
        Write("large.yaml", Encoding.UTF8.GetBytes($"# {new string('x', 5 * 1024 * 1024)}"));
        (await Dora.RunAsync("model", "validate", "large.yaml")).With(1).Text.ShouldContain("large.yaml:1:1: error: A model document has at most 256 KiB.");

        var json = JsonSerializer.Deserialize<JsonElement>((await Dora.RunAsync("model", "validate", "bad.yaml", "--output", "json")).With(1).Output);
        json[0].GetProperty("remarks")[0].GetProperty("column").GetInt32().ShouldBe(11);
        json[0].GetProperty("model").GetString().ShouldBe(Slug);
    }

    private async Task PushesAndPullsAsync()
    {
        (await Dora.RunAsync("model", "push", "good.yaml", "--note", "Less waiting")).With(0).Text.ShouldContain($"{Slug} v1 is written.");
        (await Dora.RunAsync("model", "pull", Slug, "-o", "back.yaml")).With(0);
        File.ReadAllBytes(Path.Combine(_directory, "back.yaml")).ShouldBe(Document);
        (await Dora.RunAsync("model", "pull", $"{Slug}@1")).With(0).Output.ShouldBe(Document);

        byte[] broken = [.. "model: "u8, .. Encoding.UTF8.GetBytes(Slug), .. "\n\t- [\r"u8];
        (await Dora.RunAsync(broken, "model", "push", "-", "--model", Slug)).With(1).Text.ShouldContain("v1 is written, with errors.");
        (await Dora.RunAsync("model", "pull", Slug)).With(0).Output.ShouldBe(broken, "errors and all");
        (await Dora.RunAsync("model", "push", "good.yaml")).With(0);
        (await Dora.RunAsync("model", "list")).With(0).Text.ShouldMatch($@"(?m)^{Slug} +v1 +draft +0 +Rolling web service$");
        (await ShowAsync()).GetProperty("history")[0].GetProperty("by").GetString().ShouldBe("Dora Manager, by the token “laptop”");
    }

    private async Task TellsWhoWasQuickerAsync()
    {
        var tag = Tag().Match((await Dora.RunAsync("model", "pull", Slug, "-o", "mine.yaml")).With(0).Told).Groups[1].Value;
        Write("theirs.yaml", [.. Document, .. "\n# theirs"u8]);
        (await Dora.RunAsync("model", "push", "theirs.yaml", "--seen", tag)).With(0);

        (await Dora.RunAsync("model", "push", "mine.yaml", "--seen", tag)).With(1).Told.ShouldContain("[changed-meanwhile]");
        (await Dora.RunAsync("model", "pull", Slug)).With(0).Output.ShouldBe(File.ReadAllBytes(Path.Combine(_directory, "theirs.yaml")));
        (await Dora.RunAsync("model", "push", "good.yaml")).With(0);
    }

    private async Task ComparesAsync()
    {
        Write("other.yaml", Encoding.UTF8.GetBytes(Sample.Replace("name: Rolling web service", "name: Another name", StringComparison.Ordinal)));

        (await Dora.RunAsync("model", "diff", "good.yaml", $"{Slug}@1", "--exit-code")).With(0).Text.ShouldContain("Both say the same.");
        var differs = (await Dora.RunAsync("model", "diff", $"{Slug}@1", "other.yaml", "--exit-code")).With(1);
        differs.Text.ShouldStartWith($"{Slug} v1 → other.yaml");
        differs.Text.ShouldContain("Another name");
        (await Dora.RunAsync("model", "diff", "other.yaml", $"{Slug}@1")).With(0);
        (await Dora.RunAsync("model", "diff", "rolling-web-service@1", "ring-web-service@1", "--exit-code")).With(1).Text.ShouldContain("ring-web-service v1");
        (await Dora.RunAsync("model", "diff", "good.yaml", $"{Slug}@7")).With(1).Told.ShouldContain("[model-version.not-found]");
        (await Dora.RunAsync("model", "diff", "good.yaml", "other.yaml")).With(2);
    }

    private async Task SimulatesAsync()
    {
        string[] plan = ["--environment", "staging", "--versions", "greeter-web@1.1.0", "--parameter", "batchSize=1"];
        var simulated = (await Dora.RunAsync(["model", "simulate", "good.yaml", .. plan])).With(0);
        simulated.Text.ShouldContain("would go to 2 targets of Staging in 2 phases");
        simulated.Text.ShouldMatch(@"(?m)^  1  stage-1 ");

        var onOne = await Dora.RunAsync(["model", "simulate", $"{Slug}@1", .. plan, "--targets", "stage-2", "--output", "json"]);
        var json = JsonSerializer.Deserialize<JsonElement>(onOne.With(0).Output);
        json.GetProperty("targets").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("stage-2");
        (await Dora.RunAsync(["model", "simulate", "good.yaml", .. plan, "--parameter", "nothing=1"])).With(1).Told.ShouldContain("nothing");

        string[] going = ["model", "simulate", "rolling-web-service@1", "--environment", "staging", "--versions", "greeter-web@absent"];
        (await Dora.RunAsync(going)).With(1).Told.ShouldContain("decided");
        (await Dora.RunAsync([.. going, "--removal-decided-by", "Board", "--removal-decided-on", "2026-11-02", "--removal-reference", "CAB-2026-114"]))
            .With(0).Text.ShouldContain("greeter-web would be removed from");
    }

    private async Task RehearsesAsync()
    {
        string[] rehearse = ["model", "rehearse", $"{Slug}@1", "--environment", "development", "--version", "greeter-web@1.1.0", "--case", "normal", "--wait"];
        var early = (await Dora.RunAsync(rehearse)).With(1);
        early.Told.ShouldContain("[rehearsal.not-in-test]");
        early.Told.ShouldContain($"“Start testing” at {_address.TrimEnd('/')}/models/{Slug}/versions/1");

        using var api = Api(await TokenAsync("api", TokenScope.Everything));
        (await api.PostAsync($"/api/v1/models/{Slug}/versions/1/start-testing", null)).EnsureSuccessStatusCode();
        var passed = (await Dora.RunAsync(rehearse)).With(0);
        passed.Text.ShouldMatch(@"^DEP-\d{4}-\d{6}/R1, normal: passed\. All four stages passed\.");
        passed.Told.ShouldContain("Lock obtained");
    }

    private async Task RefusesAsync()
    {
        (await Dora.RunAsync("model", "publish", $"{Slug}@1", "--change", "CHG-1", "--note", "New.", "--decisions", "keep")).With(1).Told.ShouldStartWith("error: ");
        (await Dora.RunAsync("model", "push", "good.yaml")).With(0).Text.ShouldContain($"{Slug} v1 says the same, to the byte");
        (await Dora.RunAsync("model", "push", "other.yaml")).With(1).Told.ShouldContain("[model.frozen]");
        (await Dora.RunAsync("model", "pull", "nowhere")).With(1).Told.ShouldContain("There is no model “nowhere”. [model.not-found]");

        var reader = Dora.With(await TokenAsync("dashboard", TokenScope.ReadOnly));
        (await reader.RunAsync("model", "pull", $"{Slug}@1")).With(0).Output.ShouldBe(Document);
        (await reader.RunAsync("model", "push", "other.yaml", "--seen", "1")).With(3).Told.ShouldContain("[access.token-only-reads]");

        (await Dora.With("dhp_unknownunknownunknown").RunAsync("model", "list")).With(3).Told.ShouldContain("[access.sign-in-needed]");
        (await Dora.With("").RunAsync("model", "list")).With(2).Told.ShouldContain("/account/tokens");
        (await Dora.RunAsync("model", "list", "--server", "http://127.0.0.1:1")).With(3).Told.ShouldContain("cannot be reached");
        var refused = JsonSerializer.Deserialize<JsonElement>((await Dora.RunAsync("model", "pull", "nowhere", "--output", "json")).With(1).Output);
        refused.GetProperty("code").GetString().ShouldBe("model.not-found");
    }

    private async Task EndsWithItsTokenAsync()
    {
        using var browser = await BrowserAsync();
        foreach (Match id in TokenIds().Matches(await browser.Read("/account/tokens")))
            (await browser.Submit("/account/tokens", "Revoke", ("id", id.Groups[1].Value))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);

        (await Dora.RunAsync("model", "list")).With(3).Told.ShouldContain("revoked");
    }

    private async Task<string> TokenAsync(string name, TokenScope scope)
    {
        using var browser = await BrowserAsync();
        var expires = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd");
        using var answer = await browser.Submit("/account/tokens", null, ("Input.Name", name), ("Input.Scope", scope.ToString()), ("Input.ExpiresAt", expires));
        var page = await answer.Content.ReadAsStringAsync();
        return ShownToken().Match(page) is { Success: true } shown ? shown.Groups[1].Value : throw new InvalidOperationException(page);
    }

    private async Task<TestBrowser> BrowserAsync()
    {
        var browser = new TestBrowser(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_address) });
        await browser.SignInAsync("dora@demo.deployhub", SeedPeople.DemoPassword);
        return browser;
    }

    private HttpClient Api(string token) => new() { BaseAddress = new Uri(_address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private async Task<JsonElement> ShowAsync()
    {
        using var api = Api(await TokenAsync("look", TokenScope.ReadOnly));
        return await api.GetAsync($"/api/v1/models/{Slug}/versions/1").Json();
    }

    private void Write(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(_directory, file), bytes);

    [GeneratedRegex("<code id=\"token\">(dhp_[A-Za-z0-9_-]+)</code>")]
    private static partial Regex ShownToken();

    [GeneratedRegex("name=\"id\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex TokenIds();

    [GeneratedRegex("tag ([0-9]+)")]
    private static partial Regex Tag();
}
