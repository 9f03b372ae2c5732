using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Desktops with an agent each, which asks, fetches, compares and reports over the API with a key of its own; and the inventory that knows what runs where.</summary>
internal sealed class Desktops : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _agents = [];
    private readonly StarterEstate _estate;
    private readonly TestHttp _inventory;

    public Desktops(StarterEstate estate)
    {
        _estate = estate;
        _inventory = new TestHttp(asked => Task.FromResult((200, Installed.GetValueOrDefault(asked.Request.Url!.Segments[^1], "nothing"))));
        estate.Helpers.Add(FetchAsync);
    }

    public string Url => _inventory.Url;

    /// <summary>What each desktop holds, by its name.</summary>
    public ConcurrentDictionary<string, string> Installed { get; } = [];

    public async Task AddAsync(string name, string ring)
    {
        await _estate.AddTargetAsync(name, new ManualConnection(), [("ring", ring)]);
        var key = (await _estate.Hub.As(Role.Administrator).Send(new IssueTargetKey(_estate.Name, name, _estate.Hub.Clock.GetUtcNow().AddDays(1)))).Done();
        _agents[name] = _estate.Hub.WithToken(key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents.Values) agent.Dispose();
        await _inventory.DisposeAsync();
    }

    private async Task FetchAsync(ShowRun.View run)
    {
        foreach (var (name, agent) in _agents)
        {
            if ((await agent.GetAsync("/api/v1/pull").Json()).GetProperty("available") is not { ValueKind: JsonValueKind.Object } offer) continue;

            var version = offer.GetProperty("versions")[0];
            var source = version.GetProperty("artefacts")[0];
            Installed[name] = await File.ReadAllTextAsync(Path.Combine(source.GetProperty("location").GetString()!, source.GetProperty("path").GetString()!));
            var observed = new Dictionary<string, string> { [_estate.Name] = version.GetProperty("digest").GetString()! };
            var report = new { run = offer.GetProperty("run").GetString(), succeeded = true, observed };
            using var answer = await agent.PostAsJsonAsync("/api/v1/pull/results", report);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }
    }
}
