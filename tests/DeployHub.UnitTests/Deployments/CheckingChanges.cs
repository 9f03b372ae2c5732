using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>The change in the organisation's change tool (domain §2.4.2).</summary>
public sealed class CheckingChanges
{
    private static readonly ChangeToolSettings ServiceNow = new("ServiceNow", ChangeToolKind.ServiceNow, "https://acme.service-now.com/", "change-tool");
    private static readonly ChangeToolSettings Jira = new("Jira", ChangeToolKind.Jira, "https://jira.example.com/jira", StartField: "customfield_1", EndField: "customfield_2");
    private static readonly ChangeSeen Authorised = new(true, true, "Scheduled", "approved");
    private static readonly ChangeSeen Waiting = new(true, false, "Assess", "requested");

    [Theory]
    [InlineData("CHG0031234", true, false)]
    [InlineData("chg0031234", true, false)]
    [InlineData("OPS-42", false, true)]
    [InlineData("ops-42", false, true)]
    [InlineData("CHG0031234.2", false, false)]
    [InlineData("xCHG0031234", false, false)]
    public void A_reference_belongs_to_the_tool_whose_pattern_it_fits_whole(string reference, bool isServiceNow, bool isJira)
    {
        ServiceNow.Claims(reference).ShouldBe(isServiceNow);
        Jira.Claims(reference).ShouldBe(isJira);
    }

    [Theory]
    [InlineData("CHG(")]
    [InlineData("(?=CHG).*")]
    [InlineData(@"(C)\1")]
    public void What_is_no_pattern_or_could_take_long_claims_nothing(string pattern)
    {
        ChangeToolSettings.Read(pattern).ShouldBeNull();
        (ServiceNow with { Pattern = pattern }).Claims("CHG1").ShouldBeFalse();
    }

    [Fact]
    public void A_pattern_that_doubles_its_work_elsewhere_answers_at_once() => (ServiceNow with { Pattern = "(A|AA)+B" }).Claims(new string('A', 60)).ShouldBeFalse();

    [Theory]
    [InlineData("-2", "Scheduled", "approved", true)]
    [InlineData("-1", "Implement", "approved", true)]
    [InlineData("-2", "Scheduled", "requested", false)]
    [InlineData("-3", "Authorize", "approved", false)]
    public void ServiceNow_authorises_by_state_and_approval(string state, string shown, string approval, bool isAuthorised)
    {
        var seen = Read(ServiceNow, "CHG0031234", $$"""{"result":[{"number":{"value":"CHG0031234"},"sys_id":{"value":"abc"},"state":{"value":"{{state}}","display_value":"{{shown}}"},"approval":{"value":"{{approval}}"},"short_description":{"value":"Shop 2.0"},"start_date":{"value":"2026-12-01 10:00:00"},"end_date":{"value":""} }]}""");

        seen.Error.ShouldBeNull();
        (seen.Value.IsAuthorised, seen.Value.State, seen.Value.Summary).ShouldBe((isAuthorised, shown, "Shop 2.0"));
        seen.Value.PlannedStart.ShouldBe(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));
        seen.Value.PlannedEnd.ShouldBeNull();
        seen.Value.Link.ShouldBe("https://acme.service-now.com/change_request.do?sys_id=abc");
    }

    [Theory]
    [InlineData("-2", true)]
    [InlineData("-4", false)]
    public void A_state_may_go_by_its_value(string state, bool isAuthorised) =>
        Read(ServiceNow with { Authorised = ["-2"] }, "CHG1", $$"""{"result":[{"number":"CHG1","state":"{{state}}","approval":"approved"}]}""").Value.IsAuthorised.ShouldBe(isAuthorised);

    [Theory]
    [InlineData("Implementing", true)]
    [InlineData("Backlog", false)]
    public void Jira_authorises_by_status(string status, bool isAuthorised)
    {
        var seen = Read(Jira, "OPS-42", $$"""{"key":"OPS-42","fields":{"summary":"Shop 2.0","status":{"name":"{{status}}"},"customfield_1":"2026-12-01T10:00:00.000+0100","customfield_2":null} }""").Value;

        (seen.IsAuthorised, seen.Link).ShouldBe((isAuthorised, "https://jira.example.com/jira/browse/OPS-42"));
        seen.PlannedStart.ShouldBe(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_change_that_the_tool_does_not_have_is_unknown() => Read(ServiceNow, "CHG1", """{"result":[]}""").Value.ShouldBe(ChangeSeen.Unknown);

    [Theory]
    [InlineData(ChangeToolKind.Jira, """{"errorMessages":["Issue Does Not Exist"],"errors":{}}""", true)]
    [InlineData(ChangeToolKind.Jira, """{"errorMessages":["Der Vorgang existiert nicht."],"errors":{}}""", true)]
    [InlineData(ChangeToolKind.Jira, """{"message":"null for uri: https://jira.example.com/jira/jira/rest/api/2/issue/OPS-42","status-code":404}""", false)]
    [InlineData(ChangeToolKind.Jira, """{"errorMessages":[],"errors":{}}""", false)]
    [InlineData(ChangeToolKind.Jira, "[]", false)]
    [InlineData(ChangeToolKind.ServiceNow, """{"error":{"message":"No Record found","detail":"There is none, or it may not be read"},"status":"failure"}""", true)]
    [InlineData(ChangeToolKind.ServiceNow, """{"error":{"message":"Requested URI does not represent any resource","detail":null},"status":"failure"}""", false)]
    [InlineData(ChangeToolKind.ServiceNow, """{"error":{"message":"Invalid table change_request","detail":null},"status":"failure"}""", false)]
    [InlineData(ChangeToolKind.ServiceNow, """{"error":{"message":"Kein Datensatz gefunden"},"status":"failure"}""", null)]
    [InlineData(ChangeToolKind.ServiceNow, """{"error":"Not Found"}""", false)]
    [InlineData(ChangeToolKind.ServiceNow, "not found", false)]
    public void Not_found_is_told_of_the_change_or_of_the_interface(ChangeToolKind kind, string answer, bool? isUnknown) =>
        ChangeReading.SaysUnknown(Encoding.UTF8.GetBytes(answer), kind).ShouldBe(isUnknown);

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"result":{}}""")]
    [InlineData("""{"result":[7]}""")]
    [InlineData("""{"result":[{"number":"CHG2","state":"-2"}]}""")]
    [InlineData("""{"result":[{"number":"CHG1"}]}""")]
    [InlineData("""{"result":[{"number":"CHG1","state":"\ud800"}]}""")]
    [InlineData("""{"key":"OPS-42","fields":{"status":{"name":"Approved"}}}""")]
    public void What_is_no_answer_of_the_kind_is_told(string answer) => Read(ServiceNow, "CHG1", answer).Error!.Code.ShouldBe("change-tool.malformed");

    [Fact]
    public void A_plan_that_names_no_change_of_a_tool_has_no_such_gate() => Gate(null).ShouldBeNull();

    [Fact]
    public void An_authorised_change_opens_the_gate()
    {
        var gate = Gate(Standing(Authorised))!;

        gate.IsOpen.ShouldBeTrue();
        gate.Sentence.ShouldContain("“Scheduled”, approval “approved” in ServiceNow");
    }

    [Fact]
    public void Any_other_state_and_an_unknown_number_close_it()
    {
        Gate(Standing(Waiting))!.IsOpen.ShouldBeFalse();
        Gate(Standing(ChangeSeen.Unknown))!.Sentence.ShouldBe("ServiceNow knows no change CHG1. Edit the plan to name the right one, or have it entered there.");
        Gate(Standing(null))!.Sentence.ShouldContain("is being looked up");
        Gate(Standing(null) with { Trouble = "It is away." })!.Sentence.ShouldContain("It is away.");
    }

    [Theory]
    [InlineData(15, WhenUnreachable.Hold, true)]
    [InlineData(16, WhenUnreachable.Hold, false)]
    [InlineData(600, WhenUnreachable.AcceptLastKnown, true)]
    public void What_was_seen_long_ago_counts_where_the_connection_says_so(int minutes, WhenUnreachable unreachable, bool isOpen) =>
        Gate(Standing(Authorised, minutes) with { Unreachable = unreachable, Trouble = "It is away." })!.IsOpen.ShouldBe(isOpen);

    [Fact]
    public void What_was_seen_last_counts_only_once_the_tool_was_asked_again()
    {
        var gate = Gate(Standing(Authorised, 600) with { Unreachable = WhenUnreachable.AcceptLastKnown })!;

        gate.IsOpen.ShouldBeFalse();
        gate.Sentence.ShouldBe("CHG1 is being looked up in ServiceNow again, which takes a moment.");
    }

    [Fact]
    public void What_was_seen_before_the_connection_was_changed_counts_for_nothing()
    {
        var gate = Gate(Standing(Authorised) with { SeenAt = null, Unreachable = WhenUnreachable.AcceptLastKnown, Trouble = "It is away." })!;

        gate.IsOpen.ShouldBeFalse();
        gate.Sentence.ShouldContain("since the connection to ServiceNow was changed: It is away.");
    }

    [Fact]
    public void Another_address_and_other_states_judge_anew()
    {
        ServiceNow.SeesAs(ServiceNow with { Name = "Ours", Secret = "another", Unreachable = WhenUnreachable.AcceptLastKnown }).ShouldBeTrue();
        ServiceNow.SeesAs(ServiceNow with { Address = "https://elsewhere.service-now.com" }).ShouldBeFalse();
        ServiceNow.SeesAs(ServiceNow with { Authorised = ["Implement"] }).ShouldBeFalse();
    }

    [Fact]
    public void Silence_stops_no_run_that_is_under_way_and_a_change_that_is_called_off_does()
    {
        var deployment = Planned(null);
        deployment.Submit([], Given.Paul, Given.Now);
        deployment.StartRun([], Given.Paul, Given.Now).Error.ShouldBeNull();

        Gate(Standing(Authorised, 60), deployment)!.IsOpen.ShouldBeTrue();
        Gate(Standing(Authorised) with { SeenAt = null }, deployment)!.IsOpen.ShouldBeTrue();
        Gate(Standing(null), deployment)!.Sentence.ShouldBe("CHG1 was not looked up in ServiceNow yet, which stops nothing that is under way.");
        Gate(Standing(Waiting), deployment)!.IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, 3, false)]
    [InlineData(0, 2, false)]
    [InlineData(1, 3, true)]
    [InlineData(-1, 1, true)]
    public void A_slot_outside_of_the_planned_time_is_warned_of(int from, int to, bool isWarned)
    {
        var slot = new Slot(Given.Now, Given.Now.AddHours(2));

        ((Authorised with { PlannedStart = Given.Now.AddHours(from), PlannedEnd = Given.Now.AddHours(to) }).Warning(slot) is not null).ShouldBe(isWarned);
    }

    [Fact]
    public void A_look_says_when_the_change_becomes_authorised_and_when_it_is_not_any_more()
    {
        var record = ChangeRecord.Of(default, "CHG1", Given.Now);

        Look(record, new ChangeAnswer(Waiting)).ShouldBeFalse();
        Look(record, new ChangeAnswer(Authorised)).ShouldBeTrue();
        Look(record, new ChangeAnswer(null, "It is away.")).ShouldBeFalse();
        record.Seen.ShouldBe(Authorised);
        Look(record, new ChangeAnswer(ChangeSeen.Unknown)).ShouldBeTrue();
    }

    [Fact]
    public void A_look_that_was_overtaken_counts_for_nothing()
    {
        var record = ChangeRecord.Of(default, "CHG1", Given.Now);
        var fence = record.Take(TimeSpan.FromMinutes(1), Given.Now);
        record.Ask(Given.Now);

        record.Settle(fence, new ChangeAnswer(Authorised), true, Given.Now).ShouldBeFalse();
        record.Seen.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(600, 10)]
    [InlineData(10, 1)]
    [InlineData(86400, 60)]
    public void A_tool_that_wants_to_be_left_alone_is(int? seconds, int minutes)
    {
        var record = ChangeRecord.Of(default, "CHG1", Given.Now);
        Look(record, new ChangeAnswer(null, "Too much.", seconds is { } wanted ? TimeSpan.FromSeconds(wanted) : null));

        record.DueAt.ShouldBe(Given.Now.AddMinutes(minutes));
    }

    [Fact]
    public void What_no_open_plan_names_is_not_looked_up_again()
    {
        var record = ChangeRecord.Of(default, "CHG1", Given.Now);
        record.Settle(record.Take(TimeSpan.FromMinutes(1), Given.Now), new ChangeAnswer(Authorised), false, Given.Now);

        record.DueAt.ShouldBeNull();
    }

    [Fact]
    public void The_kind_of_a_connection_stays()
    {
        var tool = ChangeTool.Connect("service-now", ServiceNow, Given.Paul, Given.Now);

        tool.Describe(Jira).Error!.Code.ShouldBe("change-tool.kind-fixed");
        tool.Settings.ShouldBe(ServiceNow);
    }

    private static bool Look(ChangeRecord record, ChangeAnswer answer) => record.Settle(record.Take(TimeSpan.FromMinutes(1), Given.Now), answer, true, Given.Now);

    private static Result<ChangeSeen> Read(ChangeToolSettings settings, string number, string answer) => ChangeReading.Read(Encoding.UTF8.GetBytes(answer), number, settings);

    private static ChangeStanding Standing(ChangeSeen? seen, int minutesAgo = 0) =>
        new("ServiceNow", "CHG1", seen, seen is null ? null : Given.Now.AddMinutes(-minutesAgo), null, WhenUnreachable.Hold);

    private static Deployment Planned(Slot? slot) => Deployment.Create("DEP-2026-000009", default, default, default, "", "", Given.Plan with { IsLive = false, ChangeReference = "CHG1" }, slot, Given.Paul, Given.Now);

    private static Gate? Gate(ChangeStanding? change, Deployment? deployment = null)
    {
        var facts = new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, Given.Plan.ModelDigest), [], [], []) { Change = change };
        return StartGates.For(deployment ?? Planned(null), facts, Given.Now).SingleOrDefault(gate => gate.Kind == GateKind.Change);
    }
}
