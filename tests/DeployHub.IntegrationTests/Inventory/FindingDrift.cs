using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Inventory;

/// <summary>Journey J9: what people changed by hand is found before a deployment touches it, and somebody decides.</summary>
public sealed class FindingDrift(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task A_hotfix_by_hand_halts_a_run_and_is_what_a_rollback_returns_to_once_it_is_registered_and_accepted()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "! grep -q 1.1.0 package && cp package installed"), change: (estate, document) => Task.FromResult(document.Replace(
            "[{ name: Reach the target, uses: check-reachable, timeout: 1m }]",
            $"[{{ name: Look for drift, uses: check-drift, with: {{ facts: [{{ kind: Component, name: {estate.Name}, file: package }}, {{ kind: File, name: notes, expect: absent }}] }}, timeout: 1m }}]", StringComparison.Ordinal)));
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "package"), "1.0.0-hotfix");
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-2"), "notes"), "by hand");

        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Halted);

        var halt = (await estate.RunAsync(run)).OpenHalt!;
        (halt.Cause, halt.Stage).ShouldBe((HaltCause.DriftDetected, Stage.VerifyEnvironment));
        halt.Sentence.ShouldContain($"component {estate.Name} is 1.0.0-hotfix instead of 1.0.0");
        var items = await OpenAsync(estate);
        items.Select(item => (item.Target, item.Severity)).ShouldBe([("t-1", DriftSeverity.Blocking), ("t-2", DriftSeverity.Informational)], ignoreOrder: true);
        var hotfix = items.Single(item => item.Target == "t-1");
        hotfix.SeenBy.ShouldBe(run);
        hotfix.IsRegistered.ShouldBeFalse();

        var accept = new AcceptDrift(estate.Name, hotfix.Id, "1.0.0-hotfix", "Hotfix of INC-70", "CHG-305");
        (await hub.As(Role.DeploymentPractitioner).Send(accept)).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentPractitioner).Send(new DismissDrift(estate.Name, hotfix.Id, "Let me through"))).Refused("access.not-permitted").WhoCould!.ShouldContain("environment owner");
        (await hub.As(Role.Approver).Send(accept)).Refused("drift-item.version-unregistered");
        await estate.RegisterVersionAsync("1.0.0-hotfix", "1.0.0-hotfix");
        (await hub.As(Role.Approver).Send(accept with { Observed = "1.0.0" })).Refused("changed-meanwhile");
        (await hub.As(Role.Approver).Send(accept)).Done();
        (await hub.AsSystem.Send(new ShowDriftItem(estate.Name, hotfix.Id))).Done().History[^1].ShouldSatisfyAllConditions(
            decided => decided.Became.ShouldBe(DriftStatus.AcceptedAsBaseline), decided => decided.Change.ShouldBe("CHG-305"), decided => decided.By.Kind.ShouldBe(ActorKind.Person));

        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await TestHub.Until(async () => (await estate.RunAsync(run)).OpenHalt?.Stage is Stage.Execute, "1.1.0 does not install", 90);
        (await estate.ResolveAsync(run, ResolutionChoice.RollBack)).Done();
        await estate.ReachesAsync(run, RunStatus.RolledBack);
        (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "installed"))).ShouldBe("1.0.0-hotfix");
    }

    [Fact]
    public async Task A_scan_finds_what_changed_since_the_first_look_and_sees_when_it_is_gone()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var file = Path.Combine(estate.PlaceOf("t-1"), "app.env");
        await File.WriteAllTextAsync(file, "LEVEL=Warning\n");
        (await hub.As(Role.DeploymentPractitioner).Send(new ScanEnvironment(estate.Name))).Refused("drift.nothing-watched");
        (await hub.As(Role.DeploymentManager).Send(new SetDriftWatch(estate.Name, [new WatchedFact(FactKind.Setting, "LEVEL", "app.env"), new WatchedFact(FactKind.Setting, "a", "notes.json", "1")]))).Done();
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "notes.json"), "{");
        await ScanAsync(estate);

        (await OpenAsync(estate)).ShouldBeEmpty();
        (await hub.AsSystem.Send(new ShowDriftWatch(estate.Name))).Done().Troubles.ShouldHaveSingleItem().Sentence.ShouldBe("setting a of notes.json could not be read: notes.json is no valid JSON");
        await File.WriteAllTextAsync(file, "LEVEL=Debug\n");
        await ScanAsync(estate);

        var item = (await OpenAsync(estate)).ShouldHaveSingleItem();
        (item.Subject, item.Desired, item.Observed, item.SeenBy).ShouldBe(("setting LEVEL of app.env", "Warning", "Debug", "drift scan"));
        await File.WriteAllTextAsync(file, "LEVEL=Warning\n");
        await ScanAsync(estate);

        (await OpenAsync(estate)).ShouldBeEmpty();
        (await hub.AsSystem.Send(new ShowDriftItem(estate.Name, item.Id))).Done().Status.ShouldBe(DriftStatus.Corrected);
    }

    [Fact]
    public async Task A_version_that_an_agent_reports_and_no_run_explains_is_drift()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);
        (await hub.As(Role.CiSystem).Send(new ReportObservation(estate.Name, "t-1", estate.Name, "1.1.0", "agent"))).Done();

        var item = (await OpenAsync(estate)).ShouldHaveSingleItem();
        (item.Severity, item.Desired, item.Observed).ShouldBe((DriftSeverity.Blocking, "1.0.0", "1.1.0"));
        await estate.ReachesAsync(await estate.StartAsync("1.0.0", again: true), RunStatus.Succeeded);

        (await OpenAsync(estate)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_no_run_brought_to_a_live_target_has_a_record_until_somebody_explains_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var run = await estate.StartAsync("1.0.0");
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await hub.As(Role.DeploymentManager).Send(new DescribeEnvironment(estate.Name, estate.Name, TestHub.Owner, IsLive: true, 1))).Done();
        var webhook = (await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("hook"), "Hook", "https://nowhere.example.com/hook", "hook", ["drift.detected", "unmanaged.found"], estate.Name, estate.Name))).Done();
        var owner = hub.As(await hub.NewPerson("Olga", new RoleGrant(Role.Approver, ApproverQuality.EnvironmentOwner, Environment: estate.Name)));

        foreach (var target in (string[])["t-1", "t-2"]) (await hub.As(Role.CiSystem).Send(new ReportObservation(estate.Name, target, estate.Name, "1.1.0", "agent"))).Done();
        var asked = (await owner.Send(new ListMyDrift())).ShouldHaveSingleItem();
        (asked.IsUrgent, asked.Sentence).ShouldBe((true, "1.1.0 instead of 1.0.0 on t-1 and t-2, and no run explains it."));
        (await hub.As(Role.Stakeholder).Send(new ListMyDrift())).ShouldBeEmpty();

        foreach (var item in await OpenAsync(estate)) (await hub.As(Role.DeploymentPractitioner).Send(new ConfirmDrift(estate.Name, item.Id, "Somebody was here"))).Done();
        var record = (await hub.AsSystem.Send(new ListUnmanaged(estate.Name))).Rows.ShouldHaveSingleItem();
        (record.Observed, record.Targets, record.Status).ShouldBe(("1.1.0", 2, UnmanagedStatus.Unmanaged));
        (await OpenAsync(estate)).ShouldAllBe(item => item.Unmanaged == record.Number);
        (await owner.Send(new ListMyDrift())).ShouldContain(task => task.Path == $"/unmanaged/{record.Number}");
        await TestHub.Until(async () => (await ToldAsync()).Count == 3, "the hub's own worker has told of it");
        (await ToldAsync()).ShouldBe(["unmanaged.found", "drift.detected", "drift.detected"]);

        var explain = new ExplainUnmanaged(record.Number, "Patched by on-call");
        (await hub.As(Role.ReleaseManager).Send(explain)).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentPractitioner).Send(explain)).Refused("unmanaged-deployment.change-missing");
        (await hub.As(Role.DeploymentPractitioner).Send(explain with { Run = run })).Refused("unmanaged-deployment.other-run");
        (await hub.As(Role.DeploymentPractitioner).Send(explain with { Change = "INC-70" })).Done();

        var shown = (await hub.AsSystem.Send(new ShowUnmanaged(record.Number))).Done();
        (shown.Record.Status, shown.Record.Explanation!.Change, shown.IsRegistered, shown.IsGone).ShouldBe((UnmanagedStatus.ExplainedByVersion, "INC-70", true, false));
        (await hub.AsSystem.Send(new ShowEnvironment(estate.Name))).Done().Unmanaged.ShouldBe(0);

        async Task<IReadOnlyList<string>> ToldAsync() => [.. (await hub.AsSystem.Send(new ListDeliveries(webhook))).Done().Rows.Select(delivery => delivery.Type)];
    }

    [Fact]
    public async Task Accepting_what_is_there_explains_it_too()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);
        (await hub.As(Role.DeploymentManager).Send(new DescribeEnvironment(estate.Name, estate.Name, TestHub.Owner, IsLive: true, 1))).Done();
        (await hub.As(Role.CiSystem).Send(new ReportObservation(estate.Name, "t-1", estate.Name, "1.1.0", "agent"))).Done();

        (await hub.As(Role.Approver).Send(new AcceptDrift(estate.Name, (await OpenAsync(estate)).Single().Id, "1.1.0", "Security patch", "CHG-305"))).Done();

        var record = (await hub.AsSystem.Send(new ListUnmanaged(estate.Name, All: true))).Rows.ShouldHaveSingleItem();
        (record.Status, record.Explanation!.Reason, record.Explanation.Change).ShouldBe((UnmanagedStatus.ExplainedByVersion, "Security patch", "CHG-305"));
    }

    [Fact]
    public async Task An_environment_s_definition_that_differs_halts_a_run_until_the_owner_accepts_it()
    {
        Assert.SkipWhen(TestDaemon.Missing("terraform") is not null, "Needs terraform.");
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, change: (estate, document) => Task.FromResult(document.Replace(
            "[{ name: Reach the target, uses: check-reachable, timeout: 1m }]",
            $"[{{ name: Compare, uses: check-terraform, with: {{ from: {{ component: {estate.Name}-infra, version: \"1\" }}, state: infra/state }}, timeout: 1m }}]", StringComparison.Ordinal)));
        var archive = Archives.TarGz(("main.tf", "resource \"terraform_data\" \"shop\" { input = \"2\" }"));
        await File.WriteAllBytesAsync(Path.Combine(estate.Store, "infra.tgz"), archive);
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(estate.Name, $"{estate.Name}-infra", "Infrastructure", ComponentKind.Configuration))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion($"{estate.Name}-infra", "1", [new RegisterComponentVersion.Artefact("infra", estate.Name, "infra.tgz", Digest.OfBytes(archive).ToString())]))).Done();

        var run = await estate.StartAsync("1.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.DriftDetected, (await estate.RunAsync(run)).OpenHalt!.Sentence);
        var item = (await OpenAsync(estate)).ShouldHaveSingleItem();
        (item.Kind, item.Observed, item.Severity, item.SeenBy).ShouldBe((FactKind.Resource, "missing", DriftSeverity.Blocking, run));
        item.Subject.ShouldMatch($@"^resource terraform_data\.shop of {estate.Name}-infra \([0-9a-f]{{12}}\)$", "another state is another comparison");
        item.Desired.ShouldBe($"as defined by {estate.Name}-infra 1 (sha256:{Digest.OfBytes(archive).Short})");
        (await hub.As(Role.Approver).Send(new AcceptDrift(estate.Name, item.Id, "missing", "Made next week", "CHG-306"))).Done();
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await OpenAsync(estate)).ShouldBeEmpty();
    }

    private async Task ScanAsync(Estate estate)
    {
        var before = (await hub.AsSystem.Send(new ShowDriftWatch(estate.Name))).Done().LookedAt;
        (await hub.As(Role.DeploymentPractitioner).Send(new ScanEnvironment(estate.Name))).Done().ShouldBe(1);
        await TestHub.Until(async () => (await hub.AsSystem.Send(new ShowDriftWatch(estate.Name))).Done() is { LookedAt: { } looked } && looked != before, "it is looked at");
    }

    private async Task<IReadOnlyList<ListDrift.Row>> OpenAsync(Estate estate) => (await hub.AsSystem.Send(new ListDrift(estate.Name))).Done().Rows;
}
