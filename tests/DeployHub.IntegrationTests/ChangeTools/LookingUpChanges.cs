using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.ChangeTools;

/// <summary>Workers look changes up in ServiceNow and Jira, and runs start only under those that are authorised there.</summary>
public sealed class LookingUpChanges(LookingUpChanges.HubThatLooks hub) : IClassFixture<LookingUpChanges.HubThatLooks>
{
    private static int _last = 1000;

    [Theory]
    [InlineData(ChangeToolKind.ServiceNow, "Assess", "Implement")]
    [InlineData(ChangeToolKind.Jira, "Backlog", "Approved")]
    public async Task A_run_starts_once_its_change_is_authorised_and_not_when_it_is_called_off(ChangeToolKind kind, string before, string after)
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, kind);
        stand.States[change] = before;
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var number = await PlannedAsync(estate, change);

        await ShowsAsync(number, view => view.Seen is not null);
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Error!.Message.ShouldContain($"“{before}”");

        stand.States[change] = after;
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(number))).Done();
        await ShowsAsync(number, view => view.Seen!.IsAuthorised);
        stand.States[change] = "Canceled";
        hub.Clock.Advance(ChangeRecord.AskedEvery);
        (await hub.As(Role.Administrator).Send(new TryChangeTool(key, change))).Done();
        await ShowsAsync(number, view => !view.Seen!.IsAuthorised);
        stand.States[change] = after;
        hub.Clock.Advance(ChangeRecord.AskedEvery);
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(number))).Done();
        await ShowsAsync(number, view => view.Seen!.IsAuthorised);

        var shown = (await hub.As(Role.Stakeholder).Send(new ShowDeployment(number))).Done();
        shown.Events.Select(happened => happened.Kind).Where(told => told is "AuthoriseChange" or "LoseChange").ShouldBe(["AuthoriseChange", "LoseChange", "AuthoriseChange"]);
        shown.Gates.Single(gate => gate.Kind is GateKind.Change).IsOpen.ShouldBeTrue();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
    }

    [Theory]
    [InlineData("401", "to answer without a secret (401)")]
    [InlineData("429", "is asked too much")]
    [InlineData("page", "text/html instead of JSON")]
    [InlineData("redirect", "redirects to sign-in.example.com")]
    [InlineData("huge", "more than 256 KiB")]
    [InlineData("hang", "did not answer within")]
    [InlineData("other", "not one of ServiceNow")]
    [InlineData("elsewhere", "has no such interface (404)")]
    [InlineData("either", "or no such interface (404)")]
    public async Task What_a_tool_does_wrong_is_said_where_it_was_connected(string fault, string trouble)
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        stand.Faults[change] = fault;

        (await hub.As(Role.Administrator).Send(new TryChangeTool(key, change))).Done();

        ShowChangeTool.Answer answer = null!;
        await TestHub.Until(async () => (answer = (await hub.As(Role.Administrator).Send(new ShowChangeTool(key))).Value.Answers.Single()).Trouble is not null, "it is looked up", 40);
        answer.Trouble!.ShouldContain(trouble);
        answer.Seen.ShouldBeNull();
    }

    [Fact]
    public async Task A_number_that_the_tool_does_not_have_holds_the_plan_and_a_slot_outside_of_the_planned_time_is_warned_of()
    {
        await using var stand = new ChangeToolStand();
        var (_, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var start = hub.Clock.GetUtcNow().AddDays(2);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { ChangeReference = change, SlotStart = start, SlotEnd = start.AddHours(1) }))).Done();

        (await ShowsAsync(number, view => view.Seen is not null)).Objection!.ShouldContain("knows no change");

        stand.States[change] = "Scheduled";
        using var mia = await hub.ClientFor(Role.ReleaseManager);
        (await mia.PostAsync($"/api/v1/deployments/{number}/change/lookups", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ShowsAsync(number, view => view.Seen!.IsAuthorised)).Warning!.ShouldContain("not within the time");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var page = await browser.Read($"/deployments/{number}");
        page.ShouldContain("Shop 2.0");
        page.ShouldContain($"{stand.Url}/change_request.do?sys_id=a1");
    }

    [Theory]
    [InlineData(ChangeToolKind.ServiceNow)]
    [InlineData(ChangeToolKind.Jira)]
    public async Task What_it_says_of_a_number_that_is_not_there_is_no_trouble(ChangeToolKind kind)
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, kind);
        stand.Faults[change] = kind is ChangeToolKind.Jira ? "none" : "gone";

        (await hub.As(Role.Administrator).Send(new TryChangeTool(key, change))).Done();
        ShowChangeTool.Answer answer = null!;
        await TestHub.Until(async () => (answer = (await hub.As(Role.Administrator).Send(new ShowChangeTool(key))).Value.Answers.Single()).Seen is not null, "it is looked up", 40);
        (answer.Seen!.IsKnown, answer.Trouble).ShouldBe((false, null));
    }

    [Fact]
    public async Task It_is_looked_up_at_once_no_more_than_every_ten_seconds_whoever_asks()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        stand.States[change] = "Scheduled";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var (number, other) = (await PlannedAsync(estate, change), await PlannedAsync(estate, change));

        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await hub.As(Role.ReleaseManager).Send(new LookUpChange(number)))));
        asked.Count(answer => answer.Error is null).ShouldBe(1);
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(other))).Refused("change-tool.just-asked").Message.ShouldContain("less than 10 seconds ago");
        (await hub.As(Role.Administrator).Send(new TryChangeTool(key, change))).Refused("change-tool.just-asked");
        using var mia = await hub.ClientFor(Role.ReleaseManager);
        await mia.PostAsync($"/api/v1/deployments/{number}/change/lookups", null).Problem(HttpStatusCode.Conflict, "change-tool.just-asked");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await (await browser.Submit($"/deployments/{number}", "LookUpChange")).Content.ReadAsStringAsync()).ShouldContain("less than 10 seconds ago");

        hub.Clock.Advance(ChangeRecord.AskedEvery);
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(number))).Done();
    }

    [Fact]
    public async Task What_no_open_plan_names_is_forgotten_after_ninety_days()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        var (_, named) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        stand.States[change] = stand.States[named] = "Scheduled";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var number = await PlannedAsync(estate, named);
        await ShowsAsync(number, view => view.Seen is not null);
        (await hub.As(Role.Administrator).Send(new TryChangeTool(key, change))).Done();
        await TestHub.Until(async () => (await hub.Database(db => db.ChangeRecords.CountAsync(record => record.Number == change && record.DueAt == null))) == 1, "it is looked up", 30);

        var at = hub.Clock.GetUtcNow();
        await hub.Database(db => db.ForgetChangesAsync(at + ChangeRecord.KeptFor - TimeSpan.FromMinutes(5), CancellationToken.None));
        (await hub.Database(db => db.ChangeRecords.CountAsync(record => record.Number == change))).ShouldBe(1);
        await hub.Database(db => db.ForgetChangesAsync(at + ChangeRecord.KeptFor + TimeSpan.FromMinutes(5), CancellationToken.None));
        (await hub.Database(db => db.ChangeRecords.Select(record => record.Number).Where(one => one == change || one == named).ToListAsync())).ShouldBe([named]);
    }

    [Fact]
    public async Task A_change_is_judged_anew_once_other_states_count_as_authorised()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        stand.States[change] = "Scheduled";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var number = await PlannedAsync(estate, change);
        await ShowsAsync(number, view => view.Seen?.IsAuthorised == true);

        var settings = (await hub.As(Role.Administrator).Send(new ShowChangeTool(key))).Value.Settings;
        stand.Faults[change] = "401";
        (await hub.As(Role.Administrator).Send(new DescribeChangeTool(key, settings with { Authorised = ["Implement"], Unreachable = WhenUnreachable.AcceptLastKnown }))).Done();

        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Error!.Message.ShouldContain(change);
        (await ShowsAsync(number, view => view.Trouble is not null)).Objection!.ShouldContain("since the connection");
    }

    [Fact]
    public async Task A_plan_without_a_tool_for_its_change_needs_approval_here_alone()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"));
        var number = await PlannedAsync(estate, "REQ-77");

        (await hub.As(Role.Stakeholder).Send(new ShowDeployment(number))).Done().Gates.ShouldNotContain(gate => gate.Kind == GateKind.Change);
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(number))).Refused("change-tool.no-change");
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
    }

    [Fact]
    public async Task Both_doors_refuse_what_is_wrong_and_keep_what_was_typed()
    {
        using var adam = await hub.ClientFor(Role.Administrator);
        var settings = new { name = "Tool", kind = "Jira", address = "http://jira.example.com", secret = "jira", pattern = "OPS(", startField = "a b" };
        var problem = await (await adam.PostAsJsonAsync("/api/v1/change-tools", new { key = TestHub.Unique("tool"), settings })).Content.ReadAsStringAsync();
        foreach (var field in new[] { "settings.secret", "settings.pattern", "settings.startField" }) problem.ShouldContain(field);

        using var browser = await hub.BrowserFor(Role.Administrator);
        var page = await (await browser.Submit(
            "/admin/change-tools/new", null, ("Input.Name", "Typed name"), ("Input.Key", TestHub.Unique("tool")), ("Input.Kind", "Jira"), ("Input.Address", "ftp://nowhere"), ("Input.Unreachable", "Hold"))).Content.ReadAsStringAsync();
        page.ShouldContain("Typed name");
        page.ShouldContain("Write the address where the tool begins");

        (await hub.As(Role.DeploymentManager).Send(new ConnectChangeTool("mine", new ChangeToolSettings("Mine", ChangeToolKind.Jira, "https://jira.example.com")))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_connection_is_changed_tried_and_ended_on_its_pages()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand, ChangeToolKind.ServiceNow);
        stand.States[change] = "Scheduled";
        using var browser = await hub.BrowserFor(Role.Administrator);

        (await (await browser.Submit($"/admin/change-tools/{key}", "Try", ("Number", "OTHER-1"))).Content.ReadAsStringAsync()).ShouldContain("does not belong to");
        await browser.Submit($"/admin/change-tools/{key}", "Try", ("Number", change));
        await TestHub.Until(async () => (await browser.Read($"/admin/change-tools/{key}")).Contains("Shop 2.0", StringComparison.Ordinal), "the answer is shown", 30);
        (await browser.Read("/admin/change-tools")).ShouldContain($"/admin/change-tools/{key}");
        (await browser.Read($"/admin/change-tools/{key}/edit")).ShouldContain(stand.Url);

        await browser.Submit($"/admin/change-tools/{key}", "Disconnect");
        (await hub.As(Role.Administrator).Send(new ShowChangeTool(key))).Refused("change-tool.not-found");
    }

    private async Task<(string Key, string Change)> ConnectedAsync(ChangeToolStand stand, ChangeToolKind kind)
    {
        var (key, letters, figures) = (TestHub.Unique("tool"), kind is ChangeToolKind.Jira ? "OPS-" : "CHG", Interlocked.Increment(ref _last));
        (await hub.As(Role.Administrator).Send(new ConnectChangeTool(key, new ChangeToolSettings(key, kind, stand.Url, Pattern: $"{letters}{figures}")))).Done();
        return (key, $"{letters}{figures}");
    }

    private async Task<string> PlannedAsync(Estate estate, string change)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { ChangeReference = change }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task<ShowChange.View> ShowsAsync(string number, Func<ShowChange.View, bool> what)
    {
        ShowChange.View view = null!;
        await TestHub.Until(async () => what(view = (await hub.As(Role.Stakeholder).Send(new ShowChange(number))).Value), "the change is looked up", 30);
        return view;
    }

    /// <summary>With a worker that looks often.</summary>
    public sealed class HubThatLooks(TestPostgres postgres) : TestHub(postgres)
    {
        protected override string Roles => "all";

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:Worker:SweepEvery"] = "00:00:01" };
    }
}
