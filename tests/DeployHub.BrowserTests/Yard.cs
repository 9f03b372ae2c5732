using System.Security.Cryptography;
using System.Text.Json;

namespace DeployHub.BrowserTests;

/// <summary>
/// What a journey needs besides the demo, registered by the API: a service with one component in two versions, an environment, a model. All
/// of them share one key, and everything lies in one folder.
/// </summary>
internal sealed class Yard : IAsyncDisposable
{
    public static readonly string[] Labels = ["1.0.0", "1.1.0"];

    private readonly Site _site;
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-yard-").FullName;

    private Yard(Site site, string name) => (_site, Name) = (site, name);

    public string Name { get; }

    public string Root => _directory;

    public static async Task<Yard> RegisterAsync(Site site, string name)
    {
        var yard = new Yard(site, $"{name}-{Guid.NewGuid():N}"[..Math.Min(30, name.Length + 7)]);
        await yard.RegisterAsync();
        return yard;
    }

    public string PlaceOf(string target) => Directory.CreateDirectory(Path.Combine(_directory, target)).FullName;

    public string[] Journal(string target) => File.Exists(Path.Combine(PlaceOf(target), "journal")) ? File.ReadAllLines(Path.Combine(PlaceOf(target), "journal")) : [];

    public Task TargetsAsync(IEnumerable<object> targets) => _site.SendAsync("dora", [.. targets.Select(target => Post($"/environments/{Name}/targets", target))]);

    public object Local(string target, string? pool = null, object? variables = null) =>
        new { name = target, connection = new { kind = "local", directory = PlaceOf(target) }, pool, variables };

    /// <param name="execute">The settings and steps of Execute, indented as its members.</param>
    /// <param name="readBack">The step that verifies, as a YAML list item.</param>
    /// <param name="environment">Checks of VerifyEnvironment, as a YAML list.</param>
    public Task ModelAsync(
        string approach, string execute, string readBack, string rollback = "rollback: { method: RedeployPrevious }", string environment = "[{ name: Reach the target, uses: check-reachable, timeout: 1m }]") => _site.SendAsync("dora", ("PUT", $"/models/{Name}", $$"""
        model: {{Name}}
        name: {{Name}}
        purpose: Shows what the journey is about.
        approach: {{approach}}
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare the artefact, uses: check-artefacts, timeout: 1m }]
          verifyEnvironment: {{environment}}
          execute:
        {{string.Join('\n', execute.Trim('\n').Split('\n').Select(line => $"    {line}"))}}
          verifyDeployment:
            {{readBack}}
        {{rollback}}
        """));

    /// <summary>Mia plans it for every target. Answers its number.</summary>
    public Task<string> PlanAsync(string label) => _site.PlanAsync($"/deployments/new?Input.Environment={Name}&Input.Versions={Name}@{label}&Input.Model={Name}");

    public async Task<JsonElement> ReadAsync(string path) => JsonDocument.Parse(await _site.SendAsync("paul", ("GET", path, null))).RootElement;

    /// <summary>Mia registers them; the only artefact of each holds its label.</summary>
    public async Task VersionsAsync(params string[] labels)
    {
        foreach (var label in labels) await File.WriteAllTextAsync(Path.Combine(PlaceOf("store"), label), label);
        await _site.SendAsync("mia", [.. labels.Select(label => Post($"/components/{Name}/versions", new { label, artefacts = new[] { new { name = "package", store = Name, path = label, digest = DigestOf(label) } } }))]);
    }

    /// <summary>Production is closed until it has a window.</summary>
    public static (string Method, string Path, string? Body) Open(string environment) => Post(
        "/windows", new { name = "Always", reason = "Tests run at any hour", owner = "Dora Manager", scope = new { environment }, when = new { start = "2020-01-01T00:00", end = "2020-01-02T00:00", zone = "UTC", rule = "FREQ=DAILY" } });

    public static (string Method, string Path, string? Body) Post(string path, object body) => ("POST", path, JsonSerializer.Serialize(body));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task RegisterAsync()
    {
        var store = PlaceOf("store");
        await _site.SendAsync("adam", Post("/stores", new { key = Name, name = Name, kind = "Folder", location = store }));
        await _site.SendAsync("dora", [
            Post("/services", new { key = Name, name = Name, owner = "Dora Manager" }),
            Post("/components", new { service = Name, key = Name, name = Name, kind = "Software" }),
            Post("/environments", new { key = Name, name = Name, tier = "Development", owner = "Dora Manager" }),
        ]);
        await VersionsAsync(Labels);
    }

    private static string DigestOf(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))}";
}
