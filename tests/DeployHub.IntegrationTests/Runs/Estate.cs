using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>
/// A service with two versions, an environment whose targets are folders of this machine, and a model whose Execute is the test's own.
/// A step that runs appends a line to its target's journal, so that a test can see what happened in the world.
/// </summary>
internal sealed class Estate : IDisposable
{
    private const string Model = """
        model: MODEL
        name: MODEL
        purpose: Shows what a test is about.
        approach: Rolling
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare the artefact, uses: check-artefacts, timeout: 1m }]
          verifyEnvironment: [{ name: Reach the target, uses: check-reachable, timeout: 1m }]
          execute:
            phases: { batches: 1 }
            steps:
              - { name: Bring it, uses: upload, with: { to: package }, timeout: 1m }
        STEPS
          verifyDeployment:
            - { name: Read it back, uses: check-script, with: { command: [grep, -q, "${version.label}", "DIRECTORY/${target.name}/package"] }, timeout: 1m }
        rollback: { method: RedeployPrevious }
        """;

    private readonly TestHub _hub;
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-estate-").FullName;

    private Estate(TestHub hub, string name) => (_hub, Name) = (hub, name);

    /// <summary>Key of the service, the component, the environment and the model alike.</summary>
    public string Name { get; }

    public string Store => Path.Combine(_directory, "store");

    /// <param name="steps">Steps of Execute after the upload, as YAML list items.</param>
    /// <param name="change">Makes another model of it.</param>
    public static async Task<Estate> RegisterAsync(TestHub hub, string steps, int targets = 2, bool isLive = false, int batches = 1, Func<Estate, string, Task<string>>? change = null)
    {
        var estate = new Estate(hub, TestHub.Unique("estate"));
        Directory.CreateDirectory(estate.Store);
        await estate.RegisterAsync(targets, isLive);
        var document = Model.Replace("MODEL", estate.Name, StringComparison.Ordinal).Replace("DIRECTORY", estate._directory, StringComparison.Ordinal).Replace("batches: 1", $"batches: {batches}", StringComparison.Ordinal).Replace("STEPS", string.Join('\n', steps.Trim('\n').Split('\n').Select(line => $"      {line}")), StringComparison.Ordinal);
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, change is null ? document : await change(estate, document)))).Done();
        return estate;
    }

    /// <summary>A script step that writes to the journal what <paramref name="shell"/> says.</summary>
    public static string Script(string name, string shell, string more = "timeout: 1m") =>
        $"- {{ name: {name}, uses: script, with: {{ command: [sh, -c, '{shell.Replace("'", "''", StringComparison.Ordinal)}'] }}, {more} }}";

    public string PlaceOf(string target) => Path.Combine(_directory, target);

    public string[] Journal(string target) => File.Exists(Path.Combine(PlaceOf(target), "journal")) ? File.ReadAllLines(Path.Combine(PlaceOf(target), "journal")) : [];

    /// <summary>Plans it and, where nobody has to approve, makes it ready to start. Answers its number.</summary>
    /// <param name="again">Also where the version is already.</param>
    public async Task<string> PlanAsync(string label = "1.0.0", bool again = false)
    {
        var number = (await _hub.As(Role.ReleaseManager).Send(new CreateDeployment(Plan(label) with { DeployAgain = again }))).Done();
        (await _hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    /// <summary>Everybody who has to approve does: how many depends on the risk.</summary>
    public async Task ApproveAsync(string number)
    {
        foreach (var turn in Enumerable.Range(0, 4))
        {
            var seen = (await _hub.AsSystem.Send(new ShowDeployment(number))).Done();
            if (seen.Status is not DeploymentStatus.InReview || seen.Approvals.All(approval => approval.Status is not ApprovalStatus.Pending)) return; // it may still wait for an organisation

            var approver = turn == 0 ? await _hub.PersonFor(Role.Approver) : await _hub.NewPerson("Approver", [.. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);
            (await _hub.As(approver).Send(new ApproveDeployment(number, seen.PlanDigest.ToString(), "Read it."))).Done();
        }
    }

    public PlanInput Plan(string label) => new() { Environment = Name, Versions = [$"{Name}@{label}"], Model = Name };

    /// <summary>Answers the run's name.</summary>
    public async Task<string> StartAsync(string label = "1.0.0", bool again = false) => (await _hub.As(Role.DeploymentPractitioner).Send(new StartRun(await PlanAsync(label, again)))).Done();

    public async Task<ShowRun.View> RunAsync(string run) => (await _hub.AsSystem.Send(new ShowRun(run))).Done();

    public async Task ReachesAsync(string run, RunStatus status, int seconds = 90)
    {
        ShowRun.View now = null!;
        await TestHub.Until(async () => (now = await RunAsync(run)).Status == status, () => $"{run} is {status}; it is {now.Status} ({now.OpenHalt?.Sentence ?? now.WaitingSentence})", seconds);
    }

    public async Task<Result> ResolveAsync(string run, ResolutionChoice choice, TestPerson? by = null) =>
        await _hub.As(by ?? await _hub.PersonFor(Role.DeploymentPractitioner)).Send(new ResolveHalt(run, choice, CauseClass.Component, "The test says so."));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task RegisterAsync(int targets, bool isLive)
    {
        (await _hub.AsSystem.Send(new RegisterStore(Name, Name, StoreKind.Folder, Store))).Done();
        (await _hub.As(Role.DeploymentManager).Send(new RegisterService(Name, Name, TestHub.Owner))).Done();
        (await _hub.As(Role.DeploymentManager).Send(new RegisterComponent(Name, Name, Name, ComponentKind.Software))).Done();
        foreach (var label in (string[])["1.0.0", "1.1.0"]) await RegisterVersionAsync(label, label);

        (await _hub.As(Role.DeploymentManager).Send(new RegisterEnvironment(Name, Name, isLive ? Tier.Production : Tier.Development, TestHub.Owner, isLive))).Done();
        if (isLive) await OpenAsync();
        foreach (var number in Enumerable.Range(1, targets))
        {
            await RegisterTargetAsync($"t-{number}", new LocalConnection(Directory.CreateDirectory(PlaceOf($"t-{number}")).FullName));
        }
    }

    public async Task RegisterTargetAsync(string name, Connection connection, string? pool = null) =>
        (await _hub.As(Role.DeploymentManager).Send(new RegisterTarget(Name, name, connection, Pool: pool))).Done();

    /// <summary>Production is closed until it has a window.</summary>
    public async Task OpenAsync() => (await _hub.As(Role.DeploymentManager).Send(new DefineWindow(
        "Always", "Tests run at any hour", "Test", new ScopeInput { Environment = Name }, new RecurrenceInput { Start = new DateTime(2020, 1, 1), End = new DateTime(2020, 1, 2), Zone = "UTC", Rule = "FREQ=DAILY" }))).Done();

    /// <param name="content">What lies in the store; the digest is that of the label, so anything else is a forgery.</param>
    public async Task RegisterVersionAsync(string label, string content)
    {
        await File.WriteAllTextAsync(Path.Combine(Store, label), content);
        (await _hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            Name, label, [new RegisterComponentVersion.Artefact("package", Name, label, Digest.OfText(label).ToString())]))).Done();
    }
}
