namespace DeployHub.BrowserTests;

/// <summary>People who look at the estate, for one test at a time: everybody has one tab, whose browser knows the style sheets after the first page.</summary>
public sealed class Looking(Site site) : IAsyncLifetime
{
    private readonly Dictionary<string, Tab> _tabs = [];

    public Estate Estate { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Estate = await site.EstateAsync();

    public async Task<Tab> TabOfAsync(string? person)
    {
        if (_tabs.TryGetValue(person ?? "", out var known)) return known;
        return _tabs[person ?? ""] = await site.OpenAsync(person);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tab in _tabs.Values) await tab.DisposeAsync();
    }
}
