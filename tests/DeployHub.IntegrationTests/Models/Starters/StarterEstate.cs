using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>
/// A model that begins with a starter, and what it is rehearsed on: a service with one component, a store, an environment that is not live. Key of all of
/// them and slug of the model are the same.
/// </summary>
internal sealed class StarterEstate : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-starter-").FullName;
    private readonly Starter _starter;

    private StarterEstate(StarterHub hub, Starter starter) => (Hub, _starter, Name) = (hub, starter, TestHub.Unique("starter"));

    public StarterHub Hub { get; }

    public string Name { get; }

    /// <summary>Adaptations of every plan: rehearsals need no long soaks.</summary>
    public Dictionary<string, string> Parameters { get; } = [];

    /// <summary>What people and agents do while a run goes on, looked at again and again.</summary>
    public List<Func<ShowRun.View, Task>> Helpers { get; } = [];

    /// <summary>Everybody who works by hand; some steps are done wrong when the test says so.</summary>
    public ByHand Hands { get; private set; } = null!;

    /// <summary>Registers everything but versions and targets, plans the model from the starter, and begins its tests.</summary>
    /// <param name="store">The definitive store where it is no folder.</param>
    public static async Task<StarterEstate> BeginAsync(StarterHub hub, string slug, (StoreKind Kind, string Location)? store = null)
    {
        var estate = new StarterEstate(hub, Features.Models.Starters.Find(slug)!);
        Directory.CreateDirectory(estate.At("store"));
        var manager = hub.As(Role.DeploymentManager);
        (await hub.AsSystem.Send(new RegisterStore(estate.Name, estate.Name, store?.Kind ?? StoreKind.Folder, store?.Location ?? estate.At("store")))).Done();
        (await manager.Send(new RegisterService(estate.Name, estate.Name, TestHub.Owner))).Done();
        (await manager.Send(new RegisterComponent(estate.Name, estate.Name, estate.Name, estate._starter.Kinds[0], estate._starter.Kinds[0] is ComponentKind.Other ? "Licence" : null))).Done();
        (await manager.Send(new RegisterEnvironment(estate.Name, estate.Name, Tier.Development, TestHub.Owner))).Done();

        estate.Hands = new ByHand(hub, await hub.PersonFor(Role.DeploymentPractitioner), await hub.NewPerson("Second", new RoleGrant(Role.DeploymentPractitioner)));
        estate.Helpers.Add(estate.Hands.HelpAsync);
        (await manager.Send(new CreateModel(estate.Name, estate._starter.Name, estate._starter.Purpose, new ModelIntent("Less work by hand"), estate._starter.Reference))).Done();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartTestingModelVersion(estate.Name, 1))).Done();
        return estate;
    }

    public string At(string path) => Path.Combine(_directory, path);

    public async Task<string> AddTargetAsync(string name, Connection? connection = null, (string, string)[]? labels = null, (string, string)[]? variables = null)
    {
        var place = Directory.CreateDirectory(At(name)).FullName;
        (await Hub.As(Role.DeploymentManager).Send(new RegisterTarget(Name, name, connection ?? new LocalConnection(place), Named(labels), Named(variables)))).Done();
        return place;
    }

    public async Task SetVariableAsync(string name, string value) => (await Hub.As(Role.DeploymentManager).Send(new SetVariable(Name, name, [new ScopedValue(value)]))).Done();

    public async Task AddVersionAsync(string label, string file, byte[] content, params (string, string)[] manifest)
    {
        await File.WriteAllBytesAsync(At($"store/{label}-{file}"), content);
        await AddVersionAsync(label, $"{label}-{file}", Digest.Of($"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}"), manifest);
    }

    public async Task AddVersionAsync(string label, string path, Digest digest, params (string, string)[] manifest) =>
        (await Hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            Name, label, [new RegisterComponentVersion.Artefact("package", Name, path, digest.ToString())], manifest.Length == 0 ? null : Named(manifest)))).Done();

    /// <summary>Of a kind without bytes.</summary>
    public async Task AddManifestAsync(string label, params (string, string)[] manifest) =>
        (await Hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(Name, label, Manifest: Named(manifest)))).Done();

    /// <summary>
    /// Every case that the model needs: 1.0.0 passes (twice where people work by hand); 1.1.0 fails, is tried again and passes; 1.2.0 fails and is rolled
    /// back to 1.1.0. Then its tests are accepted.
    /// </summary>
    /// <param name="runs">That a version is what really runs.</param>
    public async Task RehearseAsync(Func<string, Task> runs)
    {
        await ReachesAsync(await StartAsync(RehearsalCase.Pass, "1.0.0"), RunStatus.Succeeded);
        await runs("1.0.0");
        if (Rehearsal.RequiredOf(_starter.Content).Contains(RehearsalCase.ByInstructions)) await ReachesAsync(await StartAsync(RehearsalCase.ByInstructions, "1.0.0"), RunStatus.Succeeded);

        await ResolveAsync(await HaltsAsync(RehearsalCase.ForcedFailure, "1.1.0"), ResolutionChoice.Retry, RunStatus.Succeeded);
        await runs("1.1.0");
        await ResolveAsync(await HaltsAsync(RehearsalCase.Rollback, "1.2.0"), ResolutionChoice.RollBack, RunStatus.RolledBack);
        await runs("1.1.0");
        await PassTestingAsync();
    }

    public async Task<string> StartAsync(RehearsalCase rehearsed, string label, params string[] targets)
    {
        var practitioner = Hub.As(Role.DeploymentPractitioner);
        var plan = new PlanInput
        {
            Environment = Name,
            Versions = [$"{Name}@{label}"],
            Removal = label == WatchedFact.Absent ? new RemovalInput { DecidedBy = "The test", DecidedOn = new DateOnly(2026, 11, 20), Reference = "CAB-1" } : null,
            Model = Name,
            ModelVersion = 1,
            Targets = targets,
            Parameters = Parameters,
            DeployAgain = true,
            Rehearsal = new Domain.Deployments.PlannedRehearsal(rehearsed),
        };
        var number = (await practitioner.Send(new CreateDeployment(plan))).Done();
        (await practitioner.Send(new SubmitDeployment(number))).Done();
        return (await practitioner.Send(new StartRun(number))).Done();
    }

    /// <summary>Answers the run, halted in Execute because a step of a worker was made to fail, or because somebody by hand says that it is a problem.</summary>
    public async Task<string> HaltsAsync(RehearsalCase rehearsed, string label, params string[] targets)
    {
        Hands.HasProblem = Run.LastToFail(_starter.Content) is null;
        var run = await StartAsync(rehearsed, label, targets);
        await ReachesAsync(run, RunStatus.Halted);
        return run;
    }

    public async Task ResolveAsync(string run, ResolutionChoice choice, RunStatus end)
    {
        (await Hub.As(Role.DeploymentPractitioner).Send(new ResolveHalt(run, choice, CauseClass.Component, "The rehearsal says so."))).Done();
        await ReachesAsync(run, end);
    }

    public Task ReachesAsync(string run, RunStatus status) => WaitsAsync(run, now => now.Status == status);

    /// <summary>Waits while everybody does what the run asks of them.</summary>
    public async Task WaitsAsync(string run, Func<ShowRun.View, bool> holds)
    {
        ShowRun.View now = null!;
        await TestHub.Until(async () =>
        {
            now = (await Hub.AsSystem.Send(new ShowRun(run))).Done();
            if (holds(now)) return true;

            (now.Status is RunStatus.Halted).ShouldBeFalse($"{_starter.Slug} {run}: {now.OpenHalt?.Sentence}");
            foreach (var help in Helpers) await help(now);
            await Task.Delay(75);
            return false;
        }, () => $"{_starter.Slug} {run} goes on; it is {now.Status} ({now.WaitingSentence})", 120);
    }

    public async Task PassTestingAsync()
    {
        (await Hub.As(Role.DeploymentManager).Send(new PassModelVersionTesting(Name, 1))).Done();
        (await Hub.AsSystem.Send(new ShowModelVersion(Name, 1))).Done().Status.ShouldBe(ModelVersionStatus.Tested);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Dictionary<string, string>? Named((string Name, string Value)[]? values) => values?.ToDictionary(value => value.Name, value => value.Value);
}
