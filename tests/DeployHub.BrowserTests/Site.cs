using System.Collections.Concurrent;
using DeployHub.BrowserTests;
using DeployHub.IntegrationTests;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: CollectionBehavior(MaxParallelThreads = 4)] // most of the time everybody waits for a run or a page; with more, signing in takes too long

namespace DeployHub.BrowserTests;

/// <summary>The real program with its own PostgreSQL and the demo, started once for all tests, and the browser that visits it.</summary>
public class Site : IAsyncLifetime
{
    public const string Password = "ship-it-calmly";
    private static readonly string[] Browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-browser-{Guid.NewGuid():N}");
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _sessions = new();
    private Lazy<Task<Estate>> _estate = null!;
    private DeployHubProcess? _deployHub;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public string Address { get; private set; } = "";

    /// <summary>Listens at every address of 127/8, so that it is any number of hosts; null where none can run.</summary>
    internal TestSshd? Sshd { get; private set; }

    /// <summary>The secret that <see cref="Sshd"/> lets in.</summary>
    public const string SshKey = "fleet-key";

    /// <summary>What another process of the same hub needs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        Sshd = TestSshd.CanStart ? await TestSshd.StartAsync("0.0.0.0") : null;
        Settings = new Dictionary<string, string>
        {
            ["DeployHub__DataDirectory"] = _directory,
            ["DeployHub__InternalStores"] = "127.0.0.1", // documents link to the hub itself
            ["DeployHub__Limits__SignIn"] = "1000", // everybody signs in from one address within a minute
            ["ASPNETCORE_ENVIRONMENT"] = "Development", // has the style guide
            [$"DeployHub__Secrets__{SshKey}"] = Sshd?.Key ?? "none",
        };
        _estate = new Lazy<Task<Estate>>(() => new Estate(this).SetUpAsync());
        var started = StartAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Array.Find(Browsers, File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        Address = await started;
    }

    /// <summary>Answers where it listens.</summary>
    protected virtual Task<string> StartAsync()
    {
        _deployHub = DeployHubProcess.Start(Settings, "--urls", "http://127.0.0.1:0");
        return _deployHub.ReadyAsync();
    }

    protected virtual async Task StopAsync()
    {
        if (_deployHub is not null) await _deployHub.DisposeAsync();
    }

    /// <summary>Set up for the first who asks.</summary>
    public Task<Estate> EstateAsync() => _estate.Value;

    /// <summary>A tab of somebody's own browser, signed in.</summary>
    /// <param name="person">First part of a demo e-mail address; null for a visitor who has not signed in.</param>
    /// <param name="script">False for a browser without JavaScript.</param>
    public async Task<Tab> OpenAsync(string? person, bool script = true) => await NewTabAsync(person is null ? null : await SessionOfAsync(person), script);

    /// <summary>One request after the other, each with the same person's session. Answers the last one's body.</summary>
    public async Task<string> SendAsync(string person, params (string Method, string Path, string? Body)[] requests)
    {
        await using var tab = await OpenAsync(person);
        await tab.Page.GotoAsync("/account");
        return await tab.Page.EvaluateAsync<string>(
            """
            async requests => {
              const token = document.querySelector('[name=__RequestVerificationToken]').value;
              let text = '';
              for (const { method, path, body } of requests) {
                const type = method === 'PUT' && !body.startsWith('{') ? 'application/yaml' : 'application/json';
                const answer = await fetch('/api/v1' + path, { method, body, headers: { 'Content-Type': type, 'X-Antiforgery': token } });
                text = await answer.text();
                if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
              }
              return text;
            }
            """, requests.Select(request => new { method = request.Method, path = request.Path, body = request.Body }).ToArray());
    }

    /// <summary>A worker of one pool alone, beside the one that has everything else.</summary>
    internal async Task<DeployHubProcess> WorkerAsync(string name, string pool)
    {
        var worker = DeployHubProcess.Start(
            new Dictionary<string, string>(Settings)
            {
                ["DeployHub__Worker__Name"] = name,
                ["DeployHub__Worker__Pools"] = pool,
                ["DeployHub__Worker__Lease"] = "00:00:08",
                ["DeployHub__Worker__RenewEvery"] = "00:00:01",
            }, "--roles", "worker");
        await worker.ReadyAsync();
        return worker;
    }

    public static async Task SignInAsync(IPage page, string email, string password = Password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#Email", email);
        await page.FillAsync("#Password", password);
        await page.ClickAsync("main form .btn-primary");
    }

    public async ValueTask DisposeAsync()
    {
        if (_estate is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _estate.Value).DisposeAsync();
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await StopAsync();
        if (Sshd is not null) await Sshd.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected void ForgetSessions() => _sessions.Clear();

    /// <summary>One that did not come about is tried again for the next test.</summary>
    private async Task<string> SessionOfAsync(string person)
    {
        var session = _sessions.GetOrAdd(person, name => new Lazy<Task<string>>(() => SignInOnceAsync(name)));
        try
        {
            return await session.Value;
        }
        catch
        {
            _sessions.TryRemove(new KeyValuePair<string, Lazy<Task<string>>>(person, session));
            throw;
        }
    }

    private async Task<string> SignInOnceAsync(string person)
    {
        await using var tab = await NewTabAsync(session: null, script: true);
        await SignInAsync(tab.Page, $"{person}@demo.deployhub");
        try
        {
            await tab.Page.WaitForURLAsync($"{Address}/", new() { WaitUntil = WaitUntilState.Commit, Timeout = 60_000 }); // the first page of a cold start takes its time, and is not wanted
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{person} did not get in, and is at {tab.Page.Url}: {await tab.Page.Locator("body").InnerTextAsync()}", late);
        }

        return await tab.Page.Context.StorageStateAsync();
    }

    private async Task<Tab> NewTabAsync(string? session, bool script)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Address,
            StorageState = session,
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = 1280, Height = 800 },
        });
        context.SetDefaultTimeout(20_000);
        return new Tab(await context.NewPageAsync());
    }
}
