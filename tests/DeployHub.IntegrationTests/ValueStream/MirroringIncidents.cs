using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using DeployHub.Features.Runs;
using DeployHub.Features.ValueStream.Incidents;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.ValueStream;

/// <summary>What an incident tool and people say of incidents, and what DeployHub makes of it.</summary>
public sealed class MirroringIncidents(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_tool_reports_once_however_often_it_says_so()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        var (reference, said) = (Reference(), new { title = "Payments are down", severity = 1, service = estate.Name, startedAt = hub.Clock.GetUtcNow().AddMinutes(-3), address = "https://incidents.example.com/1" });

        (await tool.PutAsJsonAsync($"{Of(reference)}?source=pager", said)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await tool.PutAsJsonAsync($"{Of(reference)}?source=pager", said)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await tool.PutAsJsonAsync(Of(reference.ToLowerInvariant()), said with { title = "Payments are slow", severity = 3 })).StatusCode.ShouldBe(HttpStatusCode.OK, "the only one of that reference");

        var shown = await tool.GetAsync(Of(reference)).Json();
        (shown.GetProperty("title").GetString(), shown.GetProperty("severity").GetInt32(), shown.GetProperty("source").GetString()).ShouldBe(("Payments are slow", 3, "pager"));
        (await hub.Database(db => db.Incidents.CountAsync(incident => incident.Reference == reference))).ShouldBe(1);
    }

    [Fact]
    public async Task Two_that_say_it_at_once_make_one()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        var reference = Reference();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tool.PutAsJsonAsync(Of(reference), new { title = "Payments are down", severity = 1, service = estate.Name })));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.Created]);
    }

    [Fact]
    public async Task A_tool_reports_for_its_service_and_decides_nothing()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        using var elsewhere = await hub.ProgramFor(other.Name);
        var deployment = await DeployAsync(estate, "1.0.0");
        var reference = await ReportAsync(tool, estate);

        await elsewhere.PutAsJsonAsync(Of(Reference()), new { title = "Payments are down", severity = 1, service = estate.Name }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        await elsewhere.PutAsJsonAsync(Of(reference), new { title = "Taken over", severity = 1, service = other.Name }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        await elsewhere.PostAsJsonAsync($"{Of(reference)}/resolution", new { }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        await tool.PostAsJsonAsync($"{Of(reference)}/links/{deployment}/confirm", new { reason = "The tool says so" }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        await tool.PutAsJsonAsync(Of("INC%2F77"), new { title = "Payments are down", severity = 1, service = estate.Name }).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task What_was_deployed_shortly_before_is_suspected_and_people_decide()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        using var dora = await hub.ClientFor(Role.DeploymentManager);
        var before = hub.Clock.GetUtcNow();
        var (first, second) = (await DeployAsync(estate, "1.0.0"), await DeployAsync(estate, "1.1.0"));
        var reference = await ReportAsync(tool, estate);

        (await LinksAsync(tool, reference)).ShouldBe([(first, "Suspected"), (second, "Suspected")], ignoreOrder: true);
        (await hub.Database(db => db.Happenings.Where(told => told.Type == "incident.suspected" && told.Subject == reference).CountAsync())).ShouldBe(2);

        (await dora.PostAsJsonAsync($"{Of(reference)}/links/{first}/reject", new { reason = "It was there for hours." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await dora.PostAsJsonAsync($"{Of(reference)}/links/{second}/confirm", new { reason = "The timeout is too short." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await dora.PostAsJsonAsync($"{Of(reference)}/links/{second}/confirm", new { reason = "Again." }).Problem(HttpStatusCode.Conflict, "incident-link.cannot-move");
        await ReportAsync(tool, estate, reference);
        (await LinksAsync(tool, reference)).ShouldBe([(first, "Rejected"), (second, "Confirmed")], ignoreOrder: true);
        (await tool.GetAsync($"/api/v1/deployments/{second}/incidents").Json()).GetProperty("links")[0].GetProperty("attribution").GetString().ShouldBe("Confirmed");

        await tool.PutAsJsonAsync(Of(reference), new { title = "Payments are down", severity = 1, service = estate.Name, startedAt = before }).Json();
        (await LinksAsync(tool, reference)).ShouldBe([(first, "Rejected"), (second, "Suspected")], ignoreOrder: true);
        await dora.PostAsJsonAsync($"{Of(reference)}/links/{second}/confirm", new { reason = "It must be." }).Problem(HttpStatusCode.Conflict, "incident.started-before-execute");
    }

    [Fact]
    public async Task An_incident_long_after_or_in_another_environment_suspects_nothing_and_a_person_may()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        using var tool = await hub.ProgramFor();
        var deployment = await DeployAsync(estate, "1.0.0");
        var elsewhere = Reference();
        await tool.PutAsJsonAsync(Of(elsewhere), new { title = "Payments are down", severity = 1, service = estate.Name, environment = other.Name }).Json();
        (await LinksAsync(tool, elsewhere)).ShouldBeEmpty();

        (await tool.PostAsJsonAsync($"{Of(elsewhere)}/links", new { deployment, reason = "Both talk to each other." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await LinksAsync(tool, elsewhere)).ShouldBe([(deployment, "Suspected")]);
        await tool.PostAsJsonAsync($"{Of(elsewhere)}/links", new { deployment, reason = "Again." }).Problem(HttpStatusCode.Conflict, "incident-link.linked-already");
    }

    [Fact]
    public async Task What_a_service_depends_on_is_suspected_too_and_not_the_other_way_round()
    {
        using var ledger = await LiveAsync();
        using var shop = await LiveAsync();
        using var tool = await hub.ProgramFor();
        await File.WriteAllTextAsync(Path.Combine(shop.Store, "2.0.0"), "2.0.0");
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            shop.Name, "2.0.0", [new RegisterComponentVersion.Artefact("package", shop.Name, "2.0.0", Digest.OfText("2.0.0").ToString())], Dependencies: [new Dependency(ledger.Name, Kind: DependencyKind.GoesWith)]))).Done();
        var (dependent, cause) = (await DeployAsync(shop, "2.0.0"), await DeployAsync(ledger, "1.0.0"));

        (await LinksAsync(tool, await ReportAsync(tool, shop))).ShouldBe([(dependent, "Suspected"), (cause, "Suspected")], ignoreOrder: true);
        (await LinksAsync(tool, await ReportAsync(tool, ledger))).ShouldBe([(cause, "Suspected")]);
        (await hub.AsSystem.Send(new ShowServiceIncidents(shop.Name))).Done().Suspects.Select(suspect => suspect.Deployment).ShouldBe([cause, dependent]);
    }

    [Fact]
    public async Task Whoever_deployed_it_is_reminded_once_when_nobody_decides()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        await DeployAsync(estate, "1.0.0");
        var reference = await ReportAsync(tool, estate);

        foreach (var days in (int[])[4, 8, 20]) await RemindAsync(hub.Clock.GetUtcNow().AddDays(days));

        (await hub.Database(db => db.Happenings.CountAsync(told => told.Type == "incident.undecided" && told.Subject == reference))).ShouldBe(1);
    }

    private Task<int> RemindAsync(DateTimeOffset at) => hub.Database(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RemindAsync(Reminders.Parts.Single(part => part.Of.StartsWith("incidents")), at, CancellationToken.None);
        var saved = await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return saved;
    });

    [Fact]
    public async Task It_is_restored_by_the_emergency_that_names_it_and_both_pages_say_so()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        await DeployAsync(estate, "1.0.0");
        var reference = await ReportAsync(tool, estate);
        (await hub.AsSystem.Send(new ShowServiceIncidents(estate.Name))).Done().Open.ShouldHaveSingleItem().RestoredBy.ShouldBeNull();

        var fix = await DeployAsync(estate, "1.1.0", estate.Plan("1.1.0") with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = reference.ToLowerInvariant(), IncidentSeverity = 1 });

        (await tool.GetAsync(Of(reference)).Json()).GetProperty("restoredBy").GetProperty("deployment").GetString().ShouldBe(fix);
        var service = (await hub.AsSystem.Send(new ShowServiceIncidents(estate.Name))).Done();
        service.Open.ShouldHaveSingleItem().RestoredBy.ShouldBe(fix);
        service.Suspects.Count.ShouldBe(2);
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        (await browser.Read($"/incidents/{reference}")).ShouldContain("restored by");
        (await browser.Read($"/deployments/{fix}")).ShouldContain("It restored");

        (await tool.PostAsJsonAsync($"{Of(reference)}/resolution", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await tool.PostAsJsonAsync($"{Of(reference)}/resolution", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent, "a tool may say it again");
        (await hub.AsSystem.Send(new ShowServiceIncidents(estate.Name))).Done().Open.ShouldBeEmpty();
        (await tool.DeleteAsync($"{Of(reference)}/resolution")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hub.AsSystem.Send(new ShowLastIncident())).Open.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Two_tools_may_use_one_reference_and_then_the_tool_says_which()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        using var tool = await hub.ProgramFor();
        var reference = Reference();
        await tool.PutAsJsonAsync($"{Of(reference)}?source=pager", new { title = "Payments are down", severity = 1, service = estate.Name }).Json();
        await tool.PutAsJsonAsync($"{Of(reference)}?source=desk", new { title = "Prints nothing", severity = 4, service = other.Name }).Json();

        var problem = await tool.GetAsync(Of(reference)).Problem(HttpStatusCode.Conflict, "incident.several-tools");
        problem.GetProperty("title").GetString()!.ShouldContain("desk and pager");
        (await tool.GetAsync($"{Of(reference)}?source=desk").Json()).GetProperty("title").GetString().ShouldBe("Prints nothing");
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        (await browser.Get($"/incidents/{reference}")).Headers.Location!.ToString().ShouldBe($"/incidents?reference={reference}");
        (await browser.Read($"/incidents?reference={reference}")).ShouldContain($"/incidents/{reference}?source=desk");
        (await browser.Read($"/incidents/{reference}?source=desk")).ShouldContain("Prints nothing");
    }

    [Fact]
    public async Task What_names_no_tool_means_the_incident_that_has_none()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        var reference = await ReportAsync(tool, estate);
        await tool.PutAsJsonAsync($"{Of(reference)}?source=pager", new { title = "Prints nothing", severity = 4, service = estate.Name }).Json();

        (await tool.GetAsync(Of(reference)).Json()).GetProperty("title").GetString().ShouldBe("Payments are down");
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        (await browser.Read($"/incidents/{reference}")).ShouldContain("Payments are down");
        var corrected = await browser.Submit(
            $"/incidents/new?correct={reference}&source=pager", null, ("Input.Title", "Prints blank pages"), ("Input.Severity", "4"), ("Input.Service", estate.Name), ("Input.StartedAt", ""));
        corrected.Headers.Location!.ToString().ShouldBe($"/incidents/{reference}?source=pager");
        (await tool.GetAsync($"{Of(reference)}?source=pager").Json()).GetProperty("title").GetString().ShouldBe("Prints blank pages");
    }

    [Fact]
    public async Task Markup_in_a_title_is_text_and_a_mark_in_a_reference_leads_to_its_page()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        var reference = $"{Reference()}#2";
        await tool.PutAsJsonAsync(Of(Uri.EscapeDataString(reference)), new { title = "<script>alert(1)</script>", severity = 1, service = estate.Name }).Json();

        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        foreach (var page in (string[])[$"/incidents/{Uri.EscapeDataString(reference)}", $"/incidents?service={estate.Name}", $"/services/{estate.Name}", "/wall", $"/deployments/emergency?Input.Service={estate.Name}"])
        {
            var html = await browser.Read(page);
            html.ShouldNotContain("<script>alert(1)", Case.Sensitive, page);
        }

        (await browser.Read($"/incidents?service={estate.Name}")).ShouldContain($"/incidents/{Uri.EscapeDataString(reference)}");
    }

    [Fact]
    public async Task Ten_thousand_are_read_page_by_page_those_to_decide_about_first()
    {
        using var estate = await LiveAsync();
        var service = await hub.Database(db => db.Services.Where(known => known.Key == estate.Name).Select(known => known.Id).SingleAsync());
        await hub.Database(db => db.Database.ExecuteSqlAsync(
            $$"""
            insert into incidents (id, reference, source, title, severity, service_id, started_at, reported_by, reported_at, is_undecided)
            select gen_random_uuid(), 'MANY-' || n, 'pager', 'Number ' || n, 1 + n % 4, {{service.Value}}, now() - (n % 5000) * interval '1 minute', '{"id":"system","name":"DeployHub","kind":"System"}'::jsonb, now(), n % 100 = 0
            from generate_series(1, 10000) n
            """));

        List<ListIncidents.Row> seen = [];
        string? after = null;
        do
        {
            var page = await hub.AsSystem.Send(new ListIncidents(estate.Name, After: after, Limit: 200));
            seen.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);

        seen.Select(row => row.Reference).Distinct().Count().ShouldBe(10_000);
        seen.Take(100).ShouldAllBe(row => row.Reference.EndsWith("00"));
        seen.Skip(100).Select(row => row.StartedAt).ShouldBe(seen.Skip(100).Select(row => row.StartedAt).OrderDescending());
    }

    [Fact]
    public async Task The_emergency_form_offers_what_is_open_and_takes_its_severity()
    {
        using var estate = await LiveAsync();
        using var tool = await hub.ProgramFor(estate.Name);
        var reference = Reference();
        await tool.PutAsJsonAsync(Of(reference), new { title = "Payments are slow", severity = 2, service = estate.Name }).Json();

        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var form = await browser.Read($"/deployments/emergency?Input.Service={estate.Name}&Input.Environment={estate.Name}&Input.Incident={reference}");
        form.ShouldContain($"<option value=\"{reference}\">");
        form.ShouldContain("Payments are slow, severity 2");
        var asked = await browser.Submit(
            "/deployments/emergency", null, ("Input.Environment", estate.Name), ("Input.Version", $"{estate.Name}@1.0.0"), ("Input.Incident", reference), ("Input.Why", "Payments are slow."));
        var shown = await hub.AsSystem.Send(new ShowDeployment(asked.Headers.Location!.ToString().Split('/')[^1]));
        (shown.Done().Plan.Incident, shown.Done().Plan.IncidentSeverity).ShouldBe((reference, 2));
    }

    private async Task<string> DeployAsync(Estate estate, string label, PlanInput? plan = null)
    {
        var planner = hub.As(Role.ReleaseManager);
        var number = (await planner.Send(new CreateDeployment(plan ?? estate.Plan(label), null, "Needed."))).Done();
        (await planner.Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        return number;
    }

    private static async Task<string> ReportAsync(HttpClient tool, Estate estate, string? reference = null)
    {
        var incident = reference ?? Reference();
        await tool.PutAsJsonAsync(Of(incident), new { title = "Payments are down", severity = 1, service = estate.Name }).Json();
        return incident;
    }

    private static async Task<IEnumerable<(string, string)>> LinksAsync(HttpClient tool, string reference) =>
        (await tool.GetAsync(Of(reference)).Json()).GetProperty("links").EnumerateArray().Select(link => (Text(link, "deployment"), Text(link, "attribution")));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);

    private static string Reference() => TestHub.Unique("INC");

    private static string Of(string reference) => $"/api/v1/incidents/{reference}";
}
