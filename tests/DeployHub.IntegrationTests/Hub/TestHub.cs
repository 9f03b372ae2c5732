using System.Collections.Concurrent;
using System.Net.Http.Headers;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>
/// The real program on a database of its own, without a worker: <c>class SomeTests(TestHub hub) : IClassFixture&lt;TestHub&gt;</c>.
/// <code>
/// await hub.As(Role.ReleaseManager).Send(new RegisterService(…));      through the mediator
/// using var browser = await hub.BrowserFor(Role.Approver);             signed in at the real page
/// using var program = await hub.ProgramFor(service: "shop");           with the token of an API client
/// await hub.Database(db => db.Services.CountAsync());                  a look at what was stored
/// </code>
/// Tests of one class share the hub and run one after the other; keys made with <see cref="Unique"/> keep them apart.
/// </summary>
public class TestHub(TestPostgres postgres) : IAsyncLifetime
{
    /// <summary>Address of somebody with an account, who owns what tests register.</summary>
    public const string Owner = "owner@test.example";

    private static int _last;
    private readonly ConcurrentDictionary<Role, Lazy<Task<TestPerson>>> _standing = new();
    private WebApplicationFactory<Program>? _program;

    public TestClock Clock { get; } = new();

    public string ConnectionString { get; private set; } = "";

    public IServiceProvider Services => Program.Services;

    private WebApplicationFactory<Program> Program => _program ?? throw new InvalidOperationException("The hub starts with the test class; use it as a class fixture.");

    /// <summary>What this hub runs as; a fixture that derives may start a worker too.</summary>
    protected virtual string Roles => "web";

    /// <summary>Configuration on top of what tests need.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>A key that no other test uses, such as <c>shop-17</c>.</summary>
    public static string Unique(string word) => $"{word}-{Interlocked.Increment(ref _last)}";

    public TestCaller AsSystem => new(Services, caller =>
    {
        caller.ActAsSystem();
        return Task.CompletedTask;
    });

    /// <summary>Nobody signed in.</summary>
    public TestCaller AsNobody => new(Services, _ => Task.CompletedTask);

    /// <summary>The standing person of this role, who holds it everywhere and nothing else; for the CI system a machine.</summary>
    public TestCaller As(Role role) => new(Services, async caller =>
    {
        if (role is Role.CiSystem) caller.SignIn(new Actor("ci", "ci", ActorKind.Machine), [new RoleGrant(role)]);
        else SignIn(caller, await PersonFor(role));
    });

    public TestCaller As(TestPerson person) => new(Services, caller =>
    {
        SignIn(caller, person);
        return Task.CompletedTask;
    });

    /// <summary>The same person each time. An approver has every quality.</summary>
    public Task<TestPerson> PersonFor(Role role) => _standing.GetOrAdd(role, new Lazy<Task<TestPerson>>(() => NewPerson(role.ToString(), GrantsOf(role)))).Value;

    /// <summary>Somebody new with these roles, who can sign in with <see cref="TestPerson.Password"/>.</summary>
    public async Task<TestPerson> NewPerson(string name, params RoleGrant[] grants)
    {
        var email = $"{Unique(name.ToLowerInvariant())}@test.example";
        await using var scope = Services.CreateAsyncScope();
        await AddPersonAsync(scope.ServiceProvider, email, name, grants);
        var stored = await Database(db => db.FindPersonAsync(email, CancellationToken.None));
        return new TestPerson(stored!.Id, name, email, grants);
    }

    /// <summary>A browser that has signed in as the standing person of this role.</summary>
    public async Task<TestBrowser> BrowserFor(Role role) => await BrowserFor(await PersonFor(role));

    public async Task<TestBrowser> BrowserFor(TestPerson person)
    {
        var browser = Browser();
        await browser.SignInAsync(person.Email, TestPerson.Password);
        return browser;
    }

    /// <summary>A browser nobody has signed in with.</summary>
    public TestBrowser Browser() => new(Client(cookies: true));

    /// <summary>A client with the token of a new API client.</summary>
    public async Task<HttpClient> ProgramFor(string? service = null, params string[] environments) =>
        WithToken((await AsSystem.Send(new CreateApiClient(Unique("ci"), Clock.GetUtcNow().AddDays(30), service, environments))).Done());

    public HttpClient WithToken(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A client for the API: a program's for the CI system, else a person's with cookie and antiforgery header.</summary>
    public async Task<HttpClient> ClientFor(Role role) => role is Role.CiSystem ? await ProgramFor() : await (await BrowserFor(role)).ForApiAsync();

    public HttpClient Anonymous() => Client(cookies: false);

    public async Task<T> Database<T>(Func<DeployHubDb, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<DeployHubDb>());
    }

    /// <summary>Looks until it holds, at most <paramref name="seconds"/>; then the test fails and says what it waited for.</summary>
    public static Task Until(Func<Task<bool>> holds, string what, int seconds = 20) => Until(holds, () => what, seconds);

    /// <inheritdoc cref="Until(Func{Task{bool}}, string, int)"/>
    public static async Task Until(Func<Task<bool>> holds, Func<string> what, int seconds)
    {
        for (var start = System.Diagnostics.Stopwatch.StartNew(); !await holds();)
        {
            start.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds), $"Waited in vain until {what()}.");
            await Task.Delay(25);
        }
    }

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await NewDatabaseAsync();
        _program = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:DeployHub", ConnectionString).UseSetting("roles", Roles);
            host.UseSetting("Logging:LogLevel:Default", "Warning").UseSetting("DeployHub:Limits:SignIn", "100000").UseSetting("DeployHub:Limits:Api", "1000000");
            foreach (var (key, value) in Settings) host.UseSetting(key, value);
            host.ConfigureTestServices(Replace);
        });
        _ = _program.Server; // starts it
        await using var scope = Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<DeployHubDb>().FindPersonAsync(Owner, CancellationToken.None) is null)
            await AddPersonAsync(scope.ServiceProvider, Owner, "Owner of what tests register", []);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_program is not null) await _program.DisposeAsync();
        await using var rest = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(rest); // what Hangfire opened would stay open for minutes
        GC.SuppressFinalize(this);
    }

    /// <summary>A connection string to a fresh database with every table in it.</summary>
    protected virtual Task<string> NewDatabaseAsync() => postgres.NewDatabaseAsync();

    protected virtual void Replace(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        services.AddSingleton<IStartupFilter, TellingFaults>();
        services.ConfigureDbContext<DeployHubDb>(options => options.ConfigureWarnings(warnings => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning)));
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1000); // tests do not keep secrets
    }

    private static RoleGrant[] GrantsOf(Role role) =>
        role is Role.Approver ? [.. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(role, quality))] : [new RoleGrant(role)];

    private static void SignIn(Caller caller, TestPerson person) => caller.SignIn(person.Actor, person.Grants);

    private async Task AddPersonAsync(IServiceProvider services, string email, string name, RoleGrant[] grants)
    {
        var db = services.GetRequiredService<DeployHubDb>();
        var person = People.New(email, name);
        person.PasswordHash = services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, TestPerson.Password);
        db.Users.Add(person);
        foreach (var grant in grants) db.Grants.Add(Grant.Give(person.Id.ToString(), grant, Actor.System, Clock.GetUtcNow()).Value);
        await db.SaveChangesAsync();
    }

    private HttpClient Client(bool cookies) =>
        Program.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = cookies, BaseAddress = new Uri("https://localhost") });
}

/// <summary>A hub that carries out what it is told: web and worker in one process.</summary>
public sealed class WorkingHub(TestPostgres postgres) : TestHub(postgres)
{
    protected override string Roles => "all";

    /// <summary>
    /// What waits for a ring of Hangfire's is one for the process: where several hubs share one, a worker hears another hub's ring and its own is heard
    /// by nobody. A real process has one hub; here the sweep comes often instead.
    /// </summary>
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:Worker:SweepEvery"] = "00:00:01" };
}
