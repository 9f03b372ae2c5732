using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Partners;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>Journey J10: a partner bank has to agree, by a link and without an account, and both doors say the same.</summary>
public sealed class AligningWithAPartner(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly TimeZoneInfo Berlin = WallTime.Zone("Europe/Berlin");

    private static readonly string[] CallUs = ["Call us"];

    [Fact]
    public async Task A_partner_agrees_with_a_condition_is_asked_anew_when_the_version_changes_and_agrees_before_the_start()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (bank, token) = await BankAsync(estate);
        var slot = SlotAt(6, 0);
        var number = await PlanAsync(estate, slot);
        await estate.ApproveAsync(number);
        (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.InReview, "the bank has not answered");

        using var petra = hub.Browser();
        var page = await petra.Read($"/p/{token}");
        page.ShouldContain("What changes for you");
        page.ShouldContain("What you must do");
        page.ShouldNotContain("t-1", customMessage: "targets are ours");
        using (var answered = await petra.Submit($"/p/{token}", "Answer", Answer(number, 1, "AgreeWithConditions", ("Answer.NotBefore", "06:30")))) answered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var frozen = await petra.Submit($"/p/{token}", "Freeze", ("Freeze.Name", "Year end"), ("Freeze.Start", $"{slot.Start.AddDays(60):yyyy-MM-ddTHH:mm}"), ("Freeze.End", $"{slot.Start.AddDays(63):yyyy-MM-ddTHH:mm}"), ("Freeze.By", "Petra")))
            frozen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled);
        (await GateAsync(number)).Sentence.ShouldContain("condition that is not met");

        using var mia = await hub.ClientFor(Role.ReleaseManager);
        var later = SlotAt(6, 45);
        (await mia.PutAsJsonAsync($"/api/v1/deployments/{number}/slot", new { slotStart = later.Start, slotEnd = later.End, reason = "After their batch" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var moved = await ShowAsync(number);
        moved.Status.ShouldBe(DeploymentStatus.Scheduled);
        moved.Approvals.ShouldAllBe(approval => approval.Status == ApprovalStatus.Approved);
        (await GateAsync(number)).IsOpen.ShouldBeTrue();

        hub.Clock.Advance(later.Start.AddDays(-2) - hub.Clock.GetUtcNow());
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0") with { SlotStart = later.Start, SlotEnd = later.End }, "Payment file"))).Done();
        var requests = await RequestsAsync(number);
        requests.Select(request => request.Status).ShouldBe([AlignmentStatus.Pending, AlignmentStatus.Superseded]);
        (requests[0].Number, requests[0].IsShortNotice).ShouldBe((2, true));
        var anew = await petra.Read($"/p/{token}");
        anew.ShouldContain($"{estate.Name} 1.1.0 comes instead of {estate.Name} 1.0.0.");
        anew.ShouldContain("Not before 06:30");

        await MissDeadlineAsync(requests[0].Deadline);
        (await RequestsAsync(number))[0].Status.ShouldBe(AlignmentStatus.NoResponse);
        (await GateAsync(number)).Sentence.ShouldContain("their silence blocks");
        using (var agreed = await petra.Submit($"/p/{token}", "Answer", Answer(number, 2, "Agree"))) agreed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await estate.ApproveAsync(number);

        hub.Clock.Advance(later.Start - hub.Clock.GetUtcNow());
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        (await petra.Read($"/p/{token}")).ShouldContain("Running");
        var figures = (await hub.AsSystem.Send(new ShowOrganisation(bank))).Done().Figures;
        (figures.Deployments, figures.Aligned, figures.Objections).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Both_doors_refuse_the_same_and_the_page_keeps_what_was_typed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (_, token) = await BankAsync(estate);
        var number = await PlanAsync(estate, SlotAt(6, 0));
        using var mia = await hub.ClientFor(Role.ReleaseManager);
        var address = $"/api/v1/deployments/{number}/alignments/1/answer";

        await mia.PostAsJsonAsync(address, new { reply = "Object", answeredBy = "Petra" }).Problem(HttpStatusCode.BadRequest, "alignment.reason-missing");
        await mia.PostAsJsonAsync(address, new { answeredBy = "Petra" }).Problem(HttpStatusCode.BadRequest, "json.missing-field");
        await mia.PostAsJsonAsync(address, new { reply = "Agree", answeredBy = "Petra", conditions = CallUs }).Problem(HttpStatusCode.BadRequest, "alignment.conditions-dropped");
        await mia.PostAsJsonAsync(address, new { reply = "Agree", answeredBy = "Petra", way = "Link" }).Problem(HttpStatusCode.BadRequest, "invalid");
        await mia.PostAsJsonAsync($"/api/v1/deployments/{number}/alignments/9/answer", new { reply = "Agree", answeredBy = "Petra" }).Problem(HttpStatusCode.NotFound, "alignment.not-found");
        using var petra = hub.Browser();
        using (var refused = await petra.Submit($"/p/{token}", "Answer", Answer(number, 1, "Object", ("Answer.Words", ""), ("Answer.Name", "Paula")))) (await refused.Content.ReadAsStringAsync()).ShouldContain("Say what you object to");
        using (var refused = await petra.Submit($"/p/{token}", "Answer", Answer(number, 1, "AgreeWithConditions", ("Answer.Name", "Paula Passed-on"))))
        {
            var html = await refused.Content.ReadAsStringAsync();
            html.ShouldContain("Say under which condition you agree");
            html.ShouldContain("Paula Passed-on");
        }

        using (var unread = await petra.Submit($"/p/{token}", "Answer", Answer(number, 1, "AgreeWithConditions", ("Answer.NotBefore", "half past six"))))
        {
            var html = await unread.Content.ReadAsStringAsync();
            html.ShouldContain("is no time of day");
            html.ShouldContain("value=\"half past six\"");
        }

        using (var unsaid = await petra.Submit($"/p/{token}", "Answer", Answer(number, 1, ""))) (await unsaid.Content.ReadAsStringAsync()).ShouldContain("Say what the answer is");
        (await RequestsAsync(number))[0].Answer.ShouldBeNull();

        (await hub.As(Role.ReleaseManager).Send(new ListAlignments(number))).Done().Requests.Single().Contacts.ShouldNotBeEmpty();
        (await hub.As(Role.Stakeholder).Send(new ListAlignments(number))).Done().Requests.Single().Contacts.ShouldBeEmpty();
        (await hub.As(Role.Auditor).Send(new RecordAlignmentAnswer(number, 1, AlignmentReply.Agree, "Petra", AnswerWay.Phone))).Refused("access.not-permitted");
        (await hub.As(Role.CiSystem).Send(new OverrideObjection(number, 1, "So"))).Refused("access.not-permitted");
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(number, 1, AlignmentReply.Object, "Petra", AnswerWay.Phone, "Our batch runs then."))).Done();
        (await GateAsync(number)).Sentence.ShouldContain("Our batch runs then.");

        (await hub.As(Role.DeploymentManager).Send(new OverrideObjection(number, 1, "The law asks for it."))).Done();
        (await hub.As(Role.DeploymentManager).Send(new OverrideObjection(number, 1, "The law asks for it."))).Refused("alignment.override-needs-other");
        (await hub.As(Role.Approver).Send(new OverrideObjection(number, 1, "So it is."))).Done();
        (await RequestsAsync(number))[0].Status.ShouldBe(AlignmentStatus.Overridden);
    }

    [Fact]
    public async Task A_link_shows_its_own_organisation_s_rows_and_ends_when_it_is_revoked_or_expires()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        using var other = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (bank, token) = await BankAsync(estate);
        var (_, stranger) = await BankAsync(other);
        var number = await PlanAsync(estate, SlotAt(6, 0));

        using var browser = hub.Browser();
        (await browser.Read($"/p/{token}")).ShouldContain(number);
        (await browser.Read($"/p/{stranger}")).ShouldNotContain(number);
        (await hub.AsNobody.Send(new AnswerByPartnerLink(stranger, number, 1, AlignmentReply.Agree, "Eve"))).Refused("alignment.not-found");
        (await hub.AsNobody.Send(new AnswerByPartnerLink("dho_guessed", number, 1, AlignmentReply.Agree, "Eve"))).Refused("partner.link-invalid");

        (await hub.AsNobody.Send(new AnswerByPartnerLink(token, number, 1, AlignmentReply.Agree, "Paula"))).Done();
        (await hub.AsNobody.Send(new AnswerByPartnerLink(token, number, 1, AlignmentReply.Agree, "Paula"))).Done();
        (await hub.AsNobody.Send(new AnswerByPartnerLink(token, number, 1, AlignmentReply.Object, "Paula", "No"))).Refused("alignment.answered");
        var answered = (await RequestsAsync(number))[0];
        answered.Answer!.By.Name.ShouldContain("by the link of Petra");
        answered.WhoseLink.ShouldContain("who planned this, made the link");

        using var calendar = await browser.Get($"/p/{token}?handler=Calendar");
        calendar.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var events = await calendar.Content.ReadAsStringAsync();
        events.ShouldContain($"UID:{number}@deployhub\r\n");
        events.Split("\r\n").ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);

        var link = (await hub.AsSystem.Send(new ShowOrganisation(bank))).Done().Links.Single();
        (await hub.As(Role.ReleaseManager).Send(new RevokePartnerLink(bank, link.Id))).Done();
        (await browser.Read($"/p/{token}")).ShouldContain("This link is unknown, has expired or was revoked");
        (await hub.AsNobody.Send(new ShowPartnerPage(token))).Refused("partner.link-invalid");

        hub.Clock.Advance(PartnerLink.UsualLife);
        (await browser.Read($"/p/{stranger}")).ShouldContain("This link is unknown, has expired or was revoked");
    }

    [Fact]
    public async Task A_freeze_of_theirs_is_named_in_advice_until_they_take_it_back_by_the_link()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (bank, token) = await BankAsync(estate);
        var slot = SlotAt(6, 0);
        async Task<string> AdviceAsync() => (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: slot.Start, End: slot.End))).Done().Sentence;
        (await AdviceAsync()).ShouldEndWith("nothing is frozen then.");

        using var petra = hub.Browser();
        using (var frozen = await petra.Submit($"/p/{token}", "Freeze", ("Freeze.Name", "Closing"), ("Freeze.Start", $"{slot.Start.AddDays(-1):yyyy-MM-ddTHH:mm}"), ("Freeze.End", $"{slot.Start.AddDays(1):yyyy-MM-ddTHH:mm}"), ("Freeze.By", "Petra")))
            frozen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await AdviceAsync()).ShouldEndWith("nothing is frozen then but by Partner bank.");

        using (var refused = await petra.Submit($"/p/{token}", "TakeBack", ("TakenBack.Number", "1"), ("TakenBack.Reason", ""), ("TakenBack.By", "Paula Passed-on")))
        {
            var html = await refused.Content.ReadAsStringAsync();
            html.ShouldContain("Say why");
            html.ShouldContain("Paula Passed-on");
        }

        using (var taken = await petra.Submit($"/p/{token}", "TakeBack", ("TakenBack.Number", "1"), ("TakenBack.Reason", "A week later"), ("TakenBack.By", "Paula"))) taken.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await AdviceAsync()).ShouldEndWith("nothing is frozen then.");
        (await hub.AsNobody.Send(new TakeBackFreezeByPartnerLink(token, 1, "Again", "Paula"))).Refused("organisation.entry-ended");
        (await hub.AsNobody.Send(new TakeBackFreezeByPartnerLink(token, 9, "None", "Paula"))).Refused("freeze.not-found");
        (await hub.AsNobody.Send(new TakeBackFreezeByPartnerLink("dho_guessed", 1, "Guessed", "Eve"))).Refused("partner.link-invalid");
        var kept = (await hub.AsSystem.Send(new ShowOrganisation(bank))).Done().Freezes.Single().Ended!;
        kept.Reason.ShouldBe("A week later");
        kept.By.Name.ShouldStartWith("Paula (Partner bank), by the link of Petra, which ");
    }

    [Fact]
    public async Task A_standing_agreement_answers_by_itself_and_an_emergency_waits_for_nobody()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (bank, _) = await BankAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new RecordAgreement(bank, [estate.Name], [], [ChangeCategory.Normal], RiskBand.Medium, hub.Clock.GetUtcNow().AddDays(200), "Contract 4711"))).Done();
        var number = await PlanAsync(estate, SlotAt(6, 0));
        (await RequestsAsync(number)).Single().Answer!.Way.ShouldBe(AnswerWay.StandingAgreement);
        await estate.ApproveAsync(number);
        (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled);

        (await hub.As(Role.ReleaseManager).Send(new ChangeRisk(number, RiskBand.High, "The supplier is on holiday."))).Done();
        (await RequestsAsync(number)).Select(request => request.Status).ShouldBe([AlignmentStatus.Pending, AlignmentStatus.Superseded], "it covers a medium risk and no high one");
        (await GateAsync(number)).IsOpen.ShouldBeFalse();

        var urgent = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Category = ChangeCategory.Emergency }))).Done();
        (await ShowAsync(urgent)).Plan.Parties.ShouldBeEmpty();
        (await GateAsync(urgent)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task A_raised_risk_brings_somebody_who_has_to_agree_and_an_edit_asks_them()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var (house, mia) = (TestHub.Unique("house"), hub.As(Role.ReleaseManager));
        (await mia.Send(new RegisterOrganisation(house, "Clearing house", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.Blocks))).Done();
        (await mia.Send(new AddContact(house, "Carla", $"carla@{house}.example"))).Done();
        (await mia.Send(new AddConcern(house, estate.Name, null, IsRequired: true, RiskBand.High))).Done();
        var token = (await mia.Send(new MakePartnerLink(house, 1))).Done();
        var slot = SlotAt(6, 0);
        var number = await PlanAsync(estate, slot);
        (await hub.AsSystem.Send(new ListAlignments(number))).Done().Informed.ShouldBe(["Clearing house"]);
        using var carla = hub.Browser();
        (await carla.Read($"/p/{token}")).ShouldContain(number);

        (await mia.Send(new ChangeRisk(number, RiskBand.High, "The supplier is on holiday."))).Done();
        (await GateAsync(number)).Sentence.ShouldContain("Clearing house has to agree by a rule");
        (await mia.Send(new EditDeployment(number, estate.Plan("1.0.0") with { SlotStart = slot.Start, SlotEnd = slot.End }, "Payment file"))).Done();
        (await RequestsAsync(number)).Single().Organisation.ShouldBe(house);
        (await GateAsync(number)).Sentence.ShouldContain("Waiting for Clearing house");
    }

    [Fact]
    public async Task Organisations_are_kept_through_both_doors_and_nothing_is_deleted()
    {
        using var mia = await hub.ClientFor(Role.ReleaseManager);
        var key = TestHub.Unique("club");
        await mia.PostAsJsonAsync("/api/v1/organisations", new { key, name = "Club", timeZone = "Mars/Olympus" }).Problem(HttpStatusCode.BadRequest, "invalid");
        (await mia.PostAsJsonAsync("/api/v1/organisations", new { key, name = "Club" }).Json()).GetProperty("key").GetString().ShouldBe(key);
        await mia.PostAsJsonAsync("/api/v1/organisations", new { key, name = "Club" }).Problem(HttpStatusCode.BadRequest, "organisation.key-taken");
        await mia.PostAsJsonAsync($"/api/v1/organisations/{key}/concerns", new { service = "nowhere" }).Problem(HttpStatusCode.BadRequest, "organisation.service-unknown");

        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        using (var added = await browser.Submit($"/partners/{key}", "Contact", ("Contact.Name", "Carl"), ("Contact.Email", "carl@club.example"))) added.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var refused = await browser.Submit($"/partners/{key}", "Contact", ("Contact.Name", "Clara"), ("Contact.Email", "carl@club.example"))) (await refused.Content.ReadAsStringAsync()).ShouldContain("is a contact of this organisation already");
        using (var made = await browser.Submit($"/partners/{key}", "Link", ("Link.Contact", "1"))) (await made.Content.ReadAsStringAsync()).ShouldContain($"/p/{PartnerLink.TokenPrefix}");
        (await mia.PostAsJsonAsync($"/api/v1/organisations/{key}/endings", new { entry = "Contact", number = 1, reason = "Left" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Read($"/partners/{key}")).ShouldContain("carl@club.example");
        (await browser.Read("/partners")).ShouldContain(key);
        await mia.GetAsync("/api/v1/organisations/nowhere").Problem(HttpStatusCode.NotFound, "organisation.not-found");
        (await hub.As(Role.Stakeholder).Send(new EndOrganisation(key, "Why"))).Refused("access.not-permitted");
    }

    /// <summary>A bank that has to agree to live deployments of the estate, and a link for its contact Petra.</summary>
    private async Task<(string Bank, string Token)> BankAsync(Estate estate)
    {
        var (bank, mia) = (TestHub.Unique("bank"), hub.As(Role.ReleaseManager));
        (await mia.Send(new RegisterOrganisation(bank, "Partner bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.BlocksFromMediumRisk))).Done();
        (await mia.Send(new AddContact(bank, "Petra", $"petra@{bank}.example"))).Done().ShouldBe(1);
        (await mia.Send(new AddConcern(bank, estate.Name, estate.Name, IsRequired: true, RiskBand.Medium))).Done();
        return (bank, (await mia.Send(new MakePartnerLink(bank, 1))).Done());
    }

    private async Task<string> PlanAsync(Estate estate, Slot slot)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = slot.Start, SlotEnd = slot.End }, "Payment file"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new DescribeForPartners(number, "Payment files have a new field.", "Send a test file."))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task<ShowDeployment.View> ShowAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private async Task<Gate> GateAsync(string number) => (await ShowAsync(number)).Gates.Single(gate => gate.Kind is GateKind.Alignment);

    private async Task<IReadOnlyList<ListAlignments.Row>> RequestsAsync(string number) => (await hub.AsSystem.Send(new ListAlignments(number))).Done().Requests;

    /// <summary>What a worker does when the deadline has passed.</summary>
    private async Task MissDeadlineAsync(DateTimeOffset deadline)
    {
        hub.Clock.Advance(deadline.AddMinutes(1) - hub.Clock.GetUtcNow());
        await hub.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            while (await db.MissOneDeadlineAsync(hub.Clock.GetUtcNow(), CancellationToken.None)) await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        });
    }

    /// <summary>An hour on the first Tuesday that is two weeks ahead, by the bank's clock.</summary>
    private Slot SlotAt(int hour, int minute)
    {
        var start = hub.OnATuesday(hour, minute);
        return new Slot(start, start.AddHours(1));
    }

    private static (string, string)[] Answer(string number, int alignment, string reply, params (string, string)[] more) =>
        [("Answer.Deployment", number), ("Answer.Alignment", $"{alignment}"), ("Answer.Reply", reply), .. more.Any(field => field.Item1 == "Answer.Name") ? [] : new[] { ("Answer.Name", "Petra") }, .. more];
}
