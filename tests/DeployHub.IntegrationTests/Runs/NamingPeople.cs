using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Qualified people are named for a plan and do what is done by hand, at the page and at the API alike.</summary>
public sealed partial class NamingPeople(TestHub hub) : IClassFixture<TestHub>
{
    private const string Steps = "- { name: Swap it, uses: manual, with: { instruction: Take the old one out., evidence: Note, slot: technician } }";

    [Fact]
    public async Task A_plan_is_refused_whom_it_may_not_name_and_submitted_once_everybody_is_named()
    {
        using var estate = await StaffedAsync();
        var (rita, sven) = (await PractitionerAsync("Rita"), await PractitionerAsync("Sven"));
        using var planner = await hub.ClientFor(Role.ReleaseManager);
        await QualifyAsync(rita, estate.Name);

        await planner.PostAsJsonAsync("/api/v1/deployments", PlanOf(estate, ("technician", [sven.Email]))).Problem(HttpStatusCode.BadRequest, "people.not-qualified");
        var refusal = await planner.PostAsJsonAsync("/api/v1/deployments", PlanOf(estate, ("clerk", [rita.Email]))).Problem(HttpStatusCode.BadRequest, "people.slot-unknown");
        refusal.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("plan.people.clerk", StringCompareShould.IgnoreCase);

        var empty = (await planner.PostAsJsonAsync("/api/v1/deployments", PlanOf(estate)).Json()).GetProperty("key").GetString()!;
        await planner.PostAsync($"/api/v1/deployments/{empty}/submission", null).Problem(HttpStatusCode.Conflict, "people.slot-empty");

        using var put = await planner.PutAsJsonAsync($"/api/v1/deployments/{empty}/people", new { people = new { technician = new[] { rita.Email } } });
        put.StatusCode.ShouldBe(HttpStatusCode.NoContent, await put.Content.ReadAsStringAsync());
        var shown = await planner.GetAsync($"/api/v1/deployments/{empty}/people").Json();
        shown.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("slot").GetString()).ShouldBe(["operator", "technician"]);
        shown.GetProperty("slots")[1].GetProperty("could").EnumerateArray().Select(person => person.GetProperty("name").GetString()).ShouldBe(["Rita"]);
        (await planner.PostAsync($"/api/v1/deployments/{empty}/submission", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_pages_offer_who_is_qualified_and_keep_what_was_chosen()
    {
        using var estate = await StaffedAsync();
        var (rita, sven) = (await PractitionerAsync("Rita"), await PractitionerAsync("Sven"));
        await QualifyAsync(rita, estate.Name);
        using var mia = await hub.BrowserFor(Role.ReleaseManager);
        var page = $"/deployments/new?Input.Environment={estate.Name}&Input.Versions={estate.Name}@1.0.0&Input.Model={estate.Name}";

        var form = await mia.Read(page);
        form.ShouldContain($"value=\"{rita.Email}\"");
        SlotIn(form).ShouldNotContain(sven.Email);
        (string, string)[] plan = [("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@1.0.0"), ("Input.Model", estate.Name)];
        using var refused = await mia.Submit(page, "Submit", [.. plan, ("Input.People[technician]", sven.Email)]);
        var again = await refused.Content.ReadAsStringAsync();
        again.ShouldContain("Sven does not hold");
        SlotIn(again).ShouldContain(sven.Email, Case.Sensitive, "What was chosen stays.");

        using var planned = await mia.Submit(page, "Submit", [.. plan, ("Input.People[technician]", rita.Email)]);
        planned.StatusCode.ShouldBe(HttpStatusCode.Redirect, await planned.Content.ReadAsStringAsync());
        var number = planned.Headers.Location!.ToString().Split('/')[^1];
        (await ShownAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled);
        (await mia.Read($"/deployments/{number}")).ShouldContain("Say who carries it out");

        var edit = $"/deployments/{number}/edit";
        var version = SeenIn(await mia.Read(edit));
        SlotIn(await mia.Read(edit)).ShouldContain($"value=\"{rita.Email}\" selected", Case.Sensitive, "The form shows whom it names, so that saving it takes nobody off.");
        using var edited = await mia.Submit(edit, null, [.. plan, ("Input.Seen", version), ("Input.Title", "Another title"), ("Input.People[technician]", rita.Email)]);
        edited.StatusCode.ShouldBe(HttpStatusCode.Redirect, await edited.Content.ReadAsStringAsync());
        (await ShownAsync(number)).People.ShouldHaveSingleItem().Person.Name.ShouldBe("Rita");

        var people = $"/deployments/{number}/people";
        using var wrong = await mia.Submit(people, null, ("People[technician]", sven.Email), ("Reason", "Rita is ill"));
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("Sven does not hold");
        using var named = await mia.Submit(people, null, ("People[technician]", rita.Email), ("People[operator]", sven.Email));
        named.StatusCode.ShouldBe(HttpStatusCode.Redirect, await named.Content.ReadAsStringAsync());
        (await ShownAsync(number)).People.Select(assigned => (assigned.Slot, assigned.Person.Name)).ShouldBe([("operator", "Sven"), ("technician", "Rita")], ignoreOrder: true);
        (await ShownAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled, "Other people void nothing.");
    }

    [Fact]
    public async Task Whoever_left_closes_the_start_gate_and_others_take_over_with_a_reason()
    {
        using var estate = await StaffedAsync();
        var (rita, sven, olga) = (await PractitionerAsync("Rita"), await PractitionerAsync("Sven"), await PractitionerAsync("Olga"));
        await QualifyAsync(rita, estate.Name);
        await QualifyAsync(sven, estate.Name);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { People = new Dictionary<string, IReadOnlyList<string>> { ["technician"] = [rita.Email], ["operator"] = [olga.Email] } }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();

        (await hub.As(Role.Administrator).Send(new DeactivatePerson(olga.Email))).Done();
        (await ShownAsync(number)).Gates.Single(gate => gate.Kind is GateKind.Operator).ShouldBe(new Gate(GateKind.Operator, false, "As operator: Olga has left, and the account is closed. Name other people for this deployment."));
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Refused("deployment.gates-closed");
        (await hub.As(Role.ReleaseManager).Send(new AssignPeople(number, new Dictionary<string, IReadOnlyList<string>> { ["technician"] = [rita.Email] }))).Done();
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await hub.WorkOnAsync(run, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain);

        (await hub.As(rita).Send(new ListInbox())).Items.Single(item => item.Subject == number).ShouldSatisfyAllConditions(item => item.IsForOthers.ShouldBeFalse(), item => item.Sentence.ShouldStartWith("You are named for it."));
        (await hub.As(sven).Send(new ListInbox())).Items.Single(item => item.Subject == number).ShouldSatisfyAllConditions(item => item.IsForOthers.ShouldBeTrue(), item => item.Sentence.ShouldEndWith("Rita is named for it; take it over if you have to."));
        (await hub.As(rita).Send(new ShowTasks(run))).Done().Now.Single().AssignedTo.ShouldBe(["Rita"]);

        var done = new AnswerManualStep(run, Stage.Execute, "t-1", 2, ManualAnswer.Done, "It is in.");
        (await hub.As(Role.DeploymentPractitioner).Send(done with { TakenOver = "Rita is ill." })).Refused("people.not-qualified");
        (await hub.As(sven).Send(done)).Refused("people.assigned-to-others").Fields.Keys.ShouldBe(["TakenOver"]);
        var page = $"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}/tasks";
        using var browser = await hub.BrowserFor(sven);
        (await browser.Read(page)).ShouldContain("only where you are not Rita");
        using var answered = await browser.Submit(page, "Answer", ("Answer.Stage", "Execute"), ("Answer.Subject", "t-1"), ("Answer.Step", "2"), ("Answer.Attempt", "1"), ("Answer.Answer", "Done"), ("Answer.Note", "It is in."), ("Answer.TakenOver", "Rita is ill."));
        answered.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answered.Content.ReadAsStringAsync());
        (await hub.AsSystem.Send(new ShowTasks(run))).Done().Done.Single().Evidence.ShouldContain(new Evidence("In the place of Rita", "Rita is ill."));
    }

    [Fact]
    public async Task A_deployment_manager_records_and_ends_qualifications_and_nobody_else_does()
    {
        var rita = await PractitionerAsync("Rita");
        var skill = TestHub.Unique("skill");
        using var dora = await hub.BrowserFor(Role.DeploymentManager);
        (string, string)[] typed = [("Input.Email", rita.Email), ("Input.Skill", skill), ("Input.Reason", "Took the course"), ("Input.Until", "2031-01-31")];
        using var refused = await dora.Submit("/practice/qualifications", "Give", [.. typed, ("Input.Evidence", "")]);
        (await refused.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(html => html.ShouldContain("Say what shows it"), html => html.ShouldContain(skill));
        using var given = await dora.Submit("/practice/qualifications", "Give", [.. typed, ("Input.Evidence", "Certificate 4711")]);
        given.StatusCode.ShouldBe(HttpStatusCode.Redirect, await given.Content.ReadAsStringAsync());

        using var api = await dora.ForApiAsync();
        await api.PostAsJsonAsync("/api/v1/qualifications", new { email = rita.Email, skill, evidence = "Again", reason = "Again", until = "2030-01-31" }).Problem(HttpStatusCode.Conflict, "people.qualification-held");
        await api.PostAsJsonAsync("/api/v1/qualifications", new { email = "nobody@test.example", skill = "Not a skill", evidence = "x", reason = "x" }).Problem(HttpStatusCode.BadRequest, "invalid");
        var row = (await api.GetAsync($"/api/v1/qualifications?skill={skill}").Json()).EnumerateArray().ShouldHaveSingleItem();
        (row.GetProperty("name").GetString(), row.GetProperty("counts").GetBoolean(), row.GetProperty("until").GetString()).ShouldBe(("Rita", true, "2031-01-31"));

        using var ended = await api.PostAsJsonAsync($"/api/v1/qualifications/{row.GetProperty("id").GetString()}/end", new { reason = "Withdrawn" });
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.GetAsync($"/api/v1/qualifications?skill={skill}").Json()).GetArrayLength().ShouldBe(0);
        (await api.GetAsync($"/api/v1/qualifications?skill={skill}&ended=true").Json()).EnumerateArray().Single().GetProperty("endReason").GetString().ShouldBe("Withdrawn");
        (await hub.As(Role.Administrator).Send(new GiveQualification(rita.Email, skill, "x", "x"))).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentManager).Send(new GiveQualification((await hub.PersonFor(Role.DeploymentManager)).Email, skill, "x", "x"))).Refused("people.own-qualification");
    }

    [Fact]
    public async Task A_simulation_tells_whom_a_plan_would_have_to_name()
    {
        using var estate = await StaffedAsync();
        var rita = await PractitionerAsync("Rita");
        await QualifyAsync(rita, estate.Name);

        var simulated = (await hub.As(Role.ReleaseManager).Send(new SimulateRun(estate.Plan("1.0.0")))).Done();
        simulated.People.Single(slot => slot.Slot == "technician").Could.Select(person => person.Email).ShouldBe([rita.Email]);
        simulated.Gates.Single(gate => gate.Kind is GateKind.Operator).Sentence.ShouldStartWith("Nobody is named for technician");
        using var mia = await hub.BrowserFor(Role.ReleaseManager);
        (await mia.Read($"/models/{estate.Name}/simulate?Input.Environment={estate.Name}&Input.Versions={estate.Name}@1.0.0")).ShouldContain("Who carries it out");
    }

    private Task<Estate> StaffedAsync() => Estate.RegisterAsync(
        hub, Steps, targets: 1,
        change: (estate, document) => Task.FromResult(document.Replace("stages:", $"roles:\n  technician: {{ role: DeploymentPractitioner, qualification: {estate.Name} }}\nstages:", StringComparison.Ordinal)));

    private Task<TestPerson> PractitionerAsync(string name) => hub.NewPerson(name, new RoleGrant(Role.DeploymentPractitioner));

    private async Task QualifyAsync(TestPerson person, string skill) =>
        (await hub.As(Role.DeploymentManager).Send(new GiveQualification(person.Email, skill, "Certificate 4711", "Took the course"))).Done();

    private async Task<ShowDeployment.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private static object PlanOf(Estate estate, params (string Slot, string[] People)[] people) => new
    {
        plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@1.0.0" }, model = estate.Name, people = people.ToDictionary(named => named.Slot, named => named.People) },
    };

    /// <summary>The choice of a technician on a page.</summary>
    private static string SlotIn(string html) => Technician().Match(html).Value;

    private static string SeenIn(string html) => Version().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"Input.Seen\" value=\"([0-9]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("<select[^>]*id=\"(?:Input_)?People_technician_\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Technician();
}
