using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.DueWork;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.Web.Hosting;
using DeployHub.Worker;
using DeployHub.Worker.Steps;
using Hangfire;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DeployHub.Benchmarks;

/// <summary>The product in this process, and deployments whose four stages each hold one step that does nothing.</summary>
internal sealed class BenchHub : IAsyncDisposable
{
    private const string Model = """
        model: nothing
        name: Nothing
        purpose: Four stages of one step each that does nothing, so that only the engine is measured.
        approach: BigBang
        appliesTo: { kinds: [Hardware] }
        stages:
          verifyComponents: [{ name: Nothing, uses: check-manifest, timeout: 1m }]
          verifyEnvironment: [{ name: Nothing, uses: wait, with: { for: 1s }, timeout: 1m }]
          execute: { phases: all-at-once, steps: [{ name: Nothing, uses: wait, with: { for: 1s }, timeout: 1m }] }
          verifyDeployment: [{ name: Nothing, uses: check-http, with: { url: "http://localhost/" }, timeout: 1m }]
        rollback: { method: RedeployPrevious }
        """;

    private readonly IHost _host;
    private readonly DatabaseServer _database;

    private BenchHub(IHost host, DatabaseServer database) => (_host, _database) = (host, database);

    /// <param name="works">Whether this process is a worker too.</param>
    public static async Task<BenchHub> StartAsync(string connectionString, bool works)
    {
        var builder = Host.CreateApplicationBuilder([$"--ConnectionStrings:DeployHub={connectionString}", "--Logging:LogLevel:Default=Warning", "--DeployHub:Worker:SweepEvery=01:00:00"]);
        var database = await DatabaseServer.FindAsync(builder, CancellationToken.None);
        builder.AddHosting(database);
        builder.Services.AddSingleton<HeldRings>().AddSingleton<IBackgroundJobClient>(provider => provider.GetRequiredService<HeldRings>());
        if (works) builder.Services.AddDeployHubWorker(builder.Configuration).RemoveAll<IStepExecutor>().AddNoOps();
        var host = builder.Build();
        await host.PrepareDatabaseAsync(CancellationToken.None);
        await host.StartAsync();
        return new BenchHub(host, database);
    }

    public IServiceScopeFactory Scopes => _host.Services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>A component, the model, and environments of one target each, named <c>env-1</c> and so on.</summary>
    public async Task RegisterAsync(int environments)
    {
        await DoAsync(new RegisterService("bench", "Bench", "Bench"));
        await DoAsync(new RegisterComponent("bench", "shelf", "Shelf", ComponentKind.Hardware));
        await DoAsync(new RegisterComponentVersion("shelf", "1", Manifest: new Dictionary<string, string> { ["model"] = "S1" }));
        await DoAsync(new ImportModel("nothing", Model));
        for (var number = 1; number <= environments; number++)
        {
            await DoAsync(new RegisterEnvironment($"env-{number}", $"Environment {number}", Tier.Development, "Bench"));
            await DoAsync(new RegisterTarget($"env-{number}", $"target-{number}", new LocalConnection(Path.GetTempPath())));
        }
    }

    /// <summary>A deployment that may start at once. Answers its number.</summary>
    public Task<string> PlanAsync(int environment) => PlanAsync(new PlanInput { Environment = $"env-{environment}", Versions = ["shelf@1"], Model = "nothing", DeployAgain = true });

    public async Task<string> PlanAsync(PlanInput plan)
    {
        var number = await DoAsync(new CreateDeployment(plan));
        await DoAsync(new SubmitDeployment(number));
        return number;
    }

    /// <summary>Starts a run in each of the first environments, of which no worker hears before <see cref="Ring"/>.</summary>
    public async Task QueueAsync(int runs)
    {
        _host.Services.GetRequiredService<HeldRings>().AreHeld = true;
        for (var number = 1; number <= runs; number++) await StartRunAsync(await PlanAsync(number));
        _host.Services.GetRequiredService<HeldRings>().AreHeld = false;
    }

    public void Ring() => _host.Services.GetRequiredService<Doorbell>().Ring();

    public Task<string> StartRunAsync(string number) => DoAsync(new StartRun(number));

    public async Task<T> DatabaseAsync<T>(Func<DeployHubDb, Task<T>> look)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<DeployHubDb>());
    }

    /// <summary>Waits for the end of every run; throws when one did not succeed or waits for people.</summary>
    public async Task AllSucceededAsync()
    {
        for (var look = 0; look < 1500; look++)
        {
            if (!await DatabaseAsync(db => db.Runs.AnyAsync(run => run.EndedAt == null)))
            {
                var failed = await DatabaseAsync(db => db.Runs.CountAsync(run => run.Status != Domain.Runs.RunStatus.Succeeded));
                if (failed > 0) throw new InvalidOperationException($"{failed} runs did not succeed.");
                return;
            }

            if (await DatabaseAsync(db => db.Runs.FirstOrDefaultAsync(run => run.Status == Domain.Runs.RunStatus.Halted)) is { OpenHalt: { } halt }) throw new InvalidOperationException($"A run halted: {halt.Sentence}");

            await Task.Delay(200); // rare enough not to be what is measured
        }

        throw new InvalidOperationException("The runs did not succeed in five minutes.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }

    public async Task<T> DoAsync<T>(ICommand<Result<T>> command)
    {
        var result = await SendAsync(command);
        return result.Error is { } refusal ? throw Refused(refusal) : result.Value;
    }

    public async Task DoAsync(ICommand<Result> command)
    {
        if ((await SendAsync(command)).Error is { } refusal) throw Refused(refusal);
    }

    private async Task<TResult> SendAsync<TResult>(ICommand<TResult> command)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(command);
    }

    private static InvalidOperationException Refused(Error refusal) =>
        new($"{refusal.Message} {string.Join(' ', refusal.Fields.SelectMany(field => field.Value))}");
}
