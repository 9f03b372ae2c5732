using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Templates;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>A component that a plan wants absent: from the plan to the target and the inventory by a real worker, and back (domain §2.4.2).</summary>
[Hub.TakesLong(40)]
public sealed class RemovingComponents(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private const string Removal = """

        removal:
          steps:
            - { name: Take it away, uses: script, with: { command: [sh, -c, 'rm -f package; echo "removed ${component.key}" >> journal'] }, timeout: 1m, afterLoss: RunAgain }
          proof:
            - { name: It is gone, uses: check-absent, with: { facts: [{ kind: File, name: package }, { kind: File, name: left-over }] }, timeout: 1m }
        """;

    private static readonly RemovalInput Decided = new() { DecidedBy = "The board", DecidedOn = new DateOnly(2026, 11, 20), Reference = "CAB-2026-114" };

    [Fact]
    public async Task It_is_planned_approved_and_gone_from_the_target_and_the_inventory()
    {
        using var estate = await EstateAsync(isLive: true);
        await DeployAsync(estate);

        using var planner = await hub.ClientFor(Role.ReleaseManager);
        var removal = new { decidedBy = "The board", decidedOn = "2026-11-20", reference = "CAB-2026-114" };
        var plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@absent" }, model = estate.Name, reason = "Removal", removal };
        var number = (await planner.PostAsJsonAsync("/api/v1/deployments", new { plan }).Json()).GetProperty("key").GetString()!;
        var shown = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        (shown.Title, shown.Plan.Removal!.InWords).ShouldBe(($"Removal of {estate.Name} from {estate.Name}", "Decided by The board on 2026-11-20, CAB-2026-114"));
        shown.Changes.ShouldBe([new ShowDeployment.ChangeRow(estate.Name, "1.0.0", "absent", 2)]);

        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        using var browser = await hub.BrowserFor(Role.Approver);
        (await browser.Read($"/deployments/{number}/decide")).ShouldContain("CAB-2026-114");
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        foreach (var target in (string[])["t-1", "t-2"])
        {
            File.Exists(Path.Combine(estate.PlaceOf(target), "package")).ShouldBeFalse();
            estate.Journal(target).ShouldBe([$"removed {estate.Name}"]);
            (await SeenAsync(estate, target)).ShouldBe((null, run));
        }

        (await hub.AsSystem.Send(new ShowChanges(run))).Done().Changes.Select(change => (change.Before, change.After, change.Verdict)).ShouldBe(
            [("1.0.0", "absent", ChangeVerdict.ChangedAsPlanned), ("1.0.0", "absent", ChangeVerdict.ChangedAsPlanned)]);
        (await hub.AsSystem.Send(new ShowVerification(run))).Done().Findings.ShouldContain(finding => finding.Kind == "check-removal" && finding.Subject == $"removal of {estate.Name}");
        foreach (var page in (string[])[$"/deployments/{number}", $"/records/{number}"]) (await browser.Read(page)).ShouldContain("CAB-2026-114");
        (await browser.Read($"/deployments/{number}/runs/1")).ShouldContain($"have no {estate.Name}");
        (await browser.Read($"/deployments/{number}/runs/1/verification")).ShouldContain($"removal of {estate.Name} in");
    }

    [Fact]
    public async Task What_is_still_there_halts_and_a_rollback_brings_the_version_back()
    {
        using var estate = await EstateAsync();
        await DeployAsync(estate);
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-2"), "left-over"), "by hand");

        var run = await StartAsync(estate, Plan(estate));
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.ShouldSatisfyAllConditions(
            halt => halt.Cause.ShouldBe(HaltCause.VersionMismatchAfter), halt => halt.Sentence.ShouldContain("t-2 still has file left-over"));
        (await SeenAsync(estate, "t-1")).Label.ShouldBeNull();

        (await estate.ResolveAsync(run, ResolutionChoice.RollBack)).Done();
        await estate.ReachesAsync(run, RunStatus.RolledBack);
        foreach (var target in (string[])["t-1", "t-2"])
        {
            (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf(target), "package"))).ShouldBe("1.0.0");
            (await SeenAsync(estate, target)).ShouldBe(("1.0.0", run));
        }
    }

    [Fact]
    public async Task What_needs_it_is_in_its_way_unless_the_plan_says_why_that_is_accepted()
    {
        using var estate = await EstateAsync();
        await DeployAsync(estate);
        var agent = $"{estate.Name}-agent";
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(estate.Name, agent, "Agent", ComponentKind.Software))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(agent, "3.0.0", [new("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())], Dependencies: [new Dependency(estate.Name)]))).Done();
        (await hub.As(Role.DeploymentManager).Send(new ReportObservation(estate.Name, "t-1", agent, "3.0.0", "agent"))).Done();

        var missed = $"{agent} 3.0.0, which stays on t-1, needs {estate.Name} in the same environment, but the plan removes it";
        (await hub.AsSystem.Send(new ShowPlanningChoices(Plan(estate)))).Preview!.Problems.ShouldHaveSingleItem().ShouldStartWith(missed);
        var run = await StartAsync(estate, Plan(estate));
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).OpenHalt!.ShouldSatisfyAllConditions(halt => halt.Stage.ShouldBe(Stage.VerifyComponents), halt => halt.Cause.ShouldBe(HaltCause.DependencyConflict), halt => halt.Sentence.ShouldContain(missed));
        (await estate.ResolveAsync(run, ResolutionChoice.Abandon, await hub.PersonFor(Role.DeploymentManager))).Done();
        File.Exists(Path.Combine(estate.PlaceOf("t-1"), "package")).ShouldBeTrue();

        var accepted = Plan(estate) with { Removal = Decided with { DependantsAccepted = "The agent is retired next week." } };
        (await hub.AsSystem.Send(new ShowPlanningChoices(accepted))).Preview!.Problems.ShouldBeEmpty();
        var again = await StartAsync(estate, accepted);
        await estate.ReachesAsync(again, RunStatus.Succeeded);
        (await estate.RunAsync(again)).TargetRuns[0].Steps.Single().Attempts[^1].Outcome.ShouldBeOfType<StepOutcome.Succeeded>().Evidence.Select(evidence => evidence.Value).ShouldBe(
            ["by The board on 2026-11-20, CAB-2026-114", "The agent is retired next week.", $"the plan removes {estate.Name} and accepts that"]);
    }

    [Fact]
    public async Task A_plan_that_cannot_remove_is_refused_with_the_field_that_says_so()
    {
        using var estate = await EstateAsync();
        await RefusedAsync(Plan(estate), "plan.nothing-to-remove", "Plan.Versions");
        await DeployAsync(estate);

        await RefusedAsync(Plan(estate) with { Reason = ReasonCode.NewVersion }, "plan.reason-is-removal", "Plan.Reason");
        await RefusedAsync(estate.Plan("1.1.0") with { Reason = ReasonCode.Removal }, "plan.removes-nothing", "Plan.Reason");
        await RefusedAsync(Plan(estate) with { Versions = ["no-such@absent"] }, "plan.version-unknown", "Plan.Versions");
        await RefusedAsync(Plan(estate) with { Versions = [$"{estate.Name}@absent", $"{estate.Name}@1.1.0"] }, "plan.component-twice", "Plan.Versions");
        await RefusedAsync(Plan(estate) with { Removal = Decided with { DecidedOn = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime).AddDays(3) } }, "plan.decision-in-future", "Plan.Removal.DecidedOn");
        await RefusedAsync(Plan(estate) with { Removal = null }, Error.InvalidInput, "Plan.Removal");
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(estate.Name, "absent", [new("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())]))).Error!.Fields.Keys.ShouldBe(["Label"]);

        using var other = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"), targets: 1);
        await DeployAsync(other);
        await RefusedAsync(Plan(other), "plan.model-cannot-remove", "Plan.Model");

        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(Plan(estate) with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77", IncidentSeverity = 1 }))).Done();
    }

    [Fact]
    public async Task The_form_asks_for_the_decision_and_keeps_what_was_typed()
    {
        using var estate = await EstateAsync();
        await DeployAsync(estate);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (string, string)[] typed = [("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@absent"), ("Input.Model", estate.Name), ("Input.Reason", "Removal"), ("Input.Category", "Normal")];

        using var unsaid = await browser.Submit("/deployments/new", "Save", [.. typed, ("Input.Removal.DecidedBy", "The board")]);
        var page = await unsaid.Content.ReadAsStringAsync();
        page.ShouldContain("Say on which day its retirement was decided.");
        page.ShouldContain("value=\"The board\"");

        using var saved = await browser.Submit("/deployments/new", "Save", [.. typed, ("Input.Removal.DecidedBy", "The board"), ("Input.Removal.DecidedOn", "2026-11-20"), ("Input.Removal.Reference", "CAB-2026-114")]);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        (await browser.Read($"{saved.Headers.Location}/edit")).ShouldContain("value=\"CAB-2026-114\"");

        var decided = "&Input.Removal.DecidedBy=Board&Input.Removal.DecidedOn=2026-11-20&Input.Removal.Reference=CAB-1";
        (await browser.Read($"/models/{estate.Name}/simulate?Input.Environment={estate.Name}&Input.Versions={estate.Name}@absent{decided}")).ShouldContain($"{estate.Name} would be removed from 2 targets of {estate.Name} in 1 phase");
    }

    [Fact]
    public async Task A_template_removes_again_what_is_there_again()
    {
        using var estate = await EstateAsync();
        await DeployAsync(estate);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(Plan(estate)))).Done();
        var template = (await hub.As(Role.ReleaseManager).Send(new SavePlanTemplate($"{estate.Name}-away", "Away", number))).Done();

        var filled = (await hub.AsSystem.Send(new FillPlanTemplate(template))).Done();
        (filled.Plan.Versions.Single(), filled.Plan.Removal, filled.Plan.Reason).ShouldBe(($"{estate.Name}@absent", Decided, ReasonCode.Removal));
        filled.Changed.ShouldContain($"The removal of {estate.Name} was decided by The board on 2026-11-20, CAB-2026-114: see that it still holds, or write another.");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read($"/deployments/new?template={template}")).ShouldContain("value=\"CAB-2026-114\"");

        await estate.ReachesAsync(await StartAsync(estate, Plan(estate)), RunStatus.Succeeded);
        var empty = (await hub.AsSystem.Send(new FillPlanTemplate(template))).Done();
        empty.Plan.Versions.ShouldBeEmpty();
        empty.Changed.ShouldContain($"{estate.Name} is on none of the targets, so nothing is removed there.");
    }

    [Fact]
    public async Task An_emergency_takes_it_away_by_the_short_form()
    {
        using var estate = await EstateAsync(isLive: true);
        await DeployAsync(estate);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (string, string)[] typed = [("Input.Environment", estate.Name), ("Input.Version", $"{estate.Name}@absent"), ("Input.Incident", "INC-77"), ("Input.Why", "It is attacked."), ("Input.Reason", "Security")];

        (await browser.Read("/deployments/emergency")).ShouldNotContain("The decision to remove");
        var asked = await (await browser.Submit("/deployments/emergency", "Choose", typed)).Content.ReadAsStringAsync();
        asked.ShouldContain("name=\"Input.Removal.Reference\" maxlength=\"200\" value=\"INC-77\"");
        asked.ShouldContain($"name=\"Input.Removal.DecidedOn\" value=\"{hub.Clock.GetUtcNow():yyyy-MM-dd}\"");
        (await (await browser.Submit("/deployments/emergency", null, typed)).Content.ReadAsStringAsync()).ShouldContain("Say who decided that it is retired: a person or a board.");

        using var saved = await browser.Submit(
            "/deployments/emergency", null, [.. typed, ("Input.Removal.DecidedBy", "The duty manager"), ("Input.Removal.DecidedOn", "2026-11-20")]);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        var shown = (await hub.AsSystem.Send(new ShowDeployment(saved.Headers.Location!.ToString().Split('/')[^1]))).Done();
        (shown.Status, shown.Plan.Category, shown.Plan.Reason, shown.Plan.Model).ShouldBe((DeploymentStatus.InReview, ChangeCategory.Emergency, ReasonCode.Security, estate.Name));
        (shown.Plan.Versions.Single().IsRemoval, shown.Plan.Removal!.DecidedBy, shown.Plan.Removal.Reference).ShouldBe((true, "The duty manager", "INC-77"));
    }

    private Task<Estate> EstateAsync(bool isLive = false) =>
        Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"), isLive: isLive, batches: 2, change: (_, document) => Task.FromResult(document + Removal));

    private async Task DeployAsync(Estate estate)
    {
        var number = await estate.PlanAsync();
        await estate.ApproveAsync(number);
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);
    }

    private static PlanInput Plan(Estate estate) => estate.Plan("absent") with { Reason = ReasonCode.Removal, Removal = Decided };

    private async Task<string> StartAsync(Estate estate, PlanInput plan)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        return (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
    }

    private async Task RefusedAsync(PlanInput plan, string code, string field)
    {
        var refusal = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Error.ShouldNotBeNull();
        (refusal.Code, string.Join(' ', refusal.Fields.Keys)).ShouldBe((code, field), refusal.Message);
    }

    private async Task<(string? Label, string By)> SeenAsync(Estate estate, string target) =>
        (await hub.AsSystem.Send(new ShowTarget(estate.Name, target))).Done().Observed.Where(seen => seen.Component == estate.Name).Select(seen => (seen.Label, seen.Source)).Single();
}
