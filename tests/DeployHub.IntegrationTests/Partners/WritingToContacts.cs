using System.Net;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Notifications;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>Contacts of a partner are written to by a real worker and a real mail server, and answer by what the mail brings (journey J10).</summary>
public sealed class WritingToContacts(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Each_contact_gets_a_link_of_their_own_and_a_calendar_file_and_the_link_answers()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        await boxes.UpAsync();
        await hub.NameMailServerAsync(boxes.Port);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("writing"), MailServers.Address);

        var number = await PlanAsync(estate);
        var (petra, paula) = (await ArrivesAsync(boxes, $"petra@{bank}.example", "please answer until"), await ArrivesAsync(boxes, $"paula@{bank}.example", "please answer until"));
        petra.TextBody!.ShouldContain("Payment files have a new field.");
        petra.TextBody!.ShouldContain("Send a test file.");
        petra.Headers.Contains(HeaderId.ListUnsubscribe).ShouldBeFalse("it is not theirs to choose");
        var file = petra.Attachments.OfType<TextPart>().Single();
        (file.ContentType.MimeType, file.ContentType.Parameters["method"], file.FileName).ShouldBe(("text/calendar", "PUBLISH", $"{number}.ics"));
        file.Text.ShouldContain($"UID:{number}@deployhub");
        var token = TokenOf(petra);
        token.ShouldNotBe(TokenOf(paula));

        worker.Output.ShouldNotContain(token);
        async Task<List<ListDeliveries.Row>> DeliveredAsync() => [.. (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Where(row => row.Subject == number)];
        await TestHub.Until(async () => (await DeliveredAsync()).Any(row => row.To == "Petra (Partner bank)" && row.Status == DeliveryStatus.Delivered), "the letter is settled", 20);
        var delivered = await DeliveredAsync();
        delivered.ShouldAllBe(row => row.Answer == null || !row.Answer.Contains(PartnerLink.TokenPrefix));
        (await hub.Database(db => db.Deliveries.Where(delivery => delivery.Subject == number).Select(delivery => delivery.Body).ToListAsync())).ShouldAllBe(body => !body.Contains(PartnerLink.TokenPrefix));

        using var browser = hub.Browser();
        (await browser.Read($"/p/{token}")).ShouldContain("This link is for Petra");
        using (var answered = await browser.Submit($"/p/{token}", "Answer", ("Answer.Deployment", number), ("Answer.Alignment", "1"), ("Answer.Reply", "Agree"), ("Answer.Name", "Petra"))) answered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var answer = (await RequestsAsync(number)).Single();
        (answer.Status, answer.Answer!.By.Name).ShouldBe((AlignmentStatus.Agreed, "Petra (Partner bank), by a link that DeployHub made"));
        answer.WhoseLink.ShouldBeEmpty();

        foreach (var link in (await hub.AsSystem.Send(new ShowOrganisation(bank))).Done().Links.Where(link => link.Name == "Petra")) (await hub.As(Role.ReleaseManager).Send(new RevokePartnerLink(bank, link.Id))).Done();
        (await hub.AsNobody.Send(new ShowPartnerPage(token))).Refused("partner.link-invalid");
        (await hub.AsNobody.Send(new ShowPartnerPage(TokenOf(paula)))).Done();

        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(number, "Not needed any more."))).Done();
        var cancelled = await ArrivesAsync(boxes, $"petra@{bank}.example", "will not happen");
        var entry = cancelled.Attachments.OfType<TextPart>().Single();
        entry.ContentType.Parameters["method"].ShouldBe("CANCEL");
        entry.Text.ShouldContain("STATUS:CANCELLED");
        (cancelled.TextBody!.Contains("/p/", StringComparison.Ordinal), cancelled.TextBody.Contains("/account/notifications", StringComparison.Ordinal)).ShouldBe((false, false), "nothing is left to answer, and they have no account");
    }

    [Fact]
    public async Task Whoever_stands_on_the_list_of_the_service_answers_for_it_and_another_time_is_told()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        await boxes.UpAsync();
        await hub.NameMailServerAsync(boxes.Port);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new AddRecipient(estate.Name, "Paula", $"paula@{bank}.example", bank))).Done();
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("writing"), MailServers.Address);

        var number = await PlanAsync(estate);
        await ArrivesAsync(boxes, $"paula@{bank}.example", "please answer until");
        boxes.Taken.ShouldNotContain(mail => mail.To == $"petra@{bank}.example");
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(number, 1, AlignmentReply.Agree, "Paula", AnswerWay.Phone))).Done();

        var slot = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot!;
        (await hub.As(Role.ReleaseManager).Send(new RescheduleDeployment(number, slot.Start.AddMinutes(45), slot.End.AddMinutes(45), "After their batch"))).Done();
        (await ArrivesAsync(boxes, $"paula@{bank}.example", "another time")).TextBody!.ShouldContain("What you answered stands.");
    }

    [Fact]
    public async Task A_contact_with_an_account_answers_in_the_inbox_and_nobody_else_does()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        var sara = await hub.NewPerson("Sara", new RoleGrant(Role.Stakeholder));
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Sara", sara.Email.ToUpperInvariant()))).Done();
        var number = await PlanAsync(estate);

        (await hub.As(sara).Send(new Features.Inbox.ListInbox())).Items.ShouldContain(item => item.Kind == Features.Inbox.InboxKind.Alignment && item.Subject == number);
        (await hub.As(Role.Stakeholder).Send(new Features.Inbox.ListInbox())).Items.ShouldNotContain(item => item.Subject == number);
        (await hub.As(Role.Stakeholder).Send(new AnswerAlignment(number, 1, AlignmentReply.Agree))).Refused("alignment.no-contact");
        (await hub.As(sara).Send(new AnswerAlignment(number, 1, AlignmentReply.Object))).Refused("alignment.reason-missing");
        (await hub.As(sara).Send(new AnswerAlignment(number, 2, AlignmentReply.Agree))).Refused("alignment.not-found");

        using var browser = await hub.BrowserFor(sara);
        (await browser.Read($"/deployments/{number}")).ShouldContain("Do you agree for Partner bank?");
        using (var unsaid = await browser.Submit($"/deployments/{number}/alignment", "Own", ("Input.Alignment", "1"), ("Input.Reply", "AgreeWithConditions"))) (await unsaid.Content.ReadAsStringAsync()).ShouldContain("Say under which condition you agree");
        using (var answered = await browser.Submit($"/deployments/{number}/alignment", "Own", ("Input.Alignment", "1"), ("Input.Reply", "Agree"))) answered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var answer = (await RequestsAsync(number)).Single().Answer!;
        (answer.Way, answer.By.Id).ShouldBe((AnswerWay.Account, sara.Id.ToString()));
        (await hub.As(sara).Send(new Features.Inbox.ListInbox())).Items.ShouldNotContain(item => item.Subject == number);
    }

    [Fact]
    public async Task A_freeze_of_whoever_has_to_agree_is_advice_closes_the_gate_and_is_avoided_by_free_slots()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        var number = await PlanAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(number, 1, AlignmentReply.Agree, "Petra", AnswerWay.Phone))).Done();
        var slot = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot!;
        (await hub.As(Role.ReleaseManager).Send(new RecordPartnerFreeze(bank, "Closing", slot.Start.Date, slot.Start.Date.AddDays(2), "UTC"))).Done();

        var gate = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Gates.Single(known => known.Kind is GateKind.Alignment);
        (gate.IsOpen, gate.Sentence.Contains("Partner bank has its own freeze “Closing”", StringComparison.Ordinal)).ShouldBe((false, true));
        var verdict = (await hub.AsSystem.Send(new Features.Deployments.Calendar.CheckSlot(estate.Name, estate.Name, Start: slot.Start, End: slot.End))).Done();
        verdict.Partners.Single().Name.ShouldBe("Partner bank");
        verdict.Free.ShouldAllBe(free => free.Start >= slot.Start.UtcDateTime.Date.AddDays(2));
        var calendar = (await hub.AsSystem.Send(new ShowCalendar(slot.Start.AddDays(-1), slot.End.AddDays(1), estate.Name, estate.Name))).Done();
        calendar.Partners.Single().Name.ShouldBe("Closing of Partner bank");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read($"/calendar?date={slot.Start:yyyy-MM-dd}&service={estate.Name}")).ShouldContain("Closing of Partner bank");
        (await browser.Read($"/calendar?look=gantt&date={slot.Start:yyyy-MM-dd}&service={estate.Name}")).ShouldContain("ground-partner");

        (await hub.As(Role.ReleaseManager).Send(new AskAgain(number, 1, "They have a freeze then."))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(number, 2, AlignmentReply.Agree, "Petra", AnswerWay.Phone, "It suits us nevertheless."))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Gates.Single(known => known.Kind is GateKind.Alignment).IsOpen.ShouldBeTrue();
        var months = (await hub.AsSystem.Send(new ShowAlignmentOverTime(bank))).Done().Months;
        (months.Count, months[^1].InTime + months[^2].InTime).ShouldBe((12, 2));
        (await browser.Read("/partners")).ShouldContain("Alignment over time");
    }

    private Task<string> BankAsync(Estate estate) => hub.RegisterBankAsync(estate, contacts: ["Petra", "Paula"]);

    /// <summary>Asked about 09:00 on the first Tuesday that is two weeks ahead, by the bank's clock.</summary>
    private async Task<string> PlanAsync(Estate estate)
    {
        var start = hub.OnATuesday(9);
        var mia = hub.As(Role.ReleaseManager);
        var number = (await mia.Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }, "Payment file"))).Done();
        (await mia.Send(new DescribeForPartners(number, "Payment files have a new field.", "Send a test file."))).Done();
        (await mia.Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task<IReadOnlyList<ListAlignments.Row>> RequestsAsync(string number) => (await hub.AsSystem.Send(new ListAlignments(number))).Done().Requests;

    private static async Task<MimeMessage> ArrivesAsync(MailBoxes boxes, string to, string subject)
    {
        MimeMessage? Find() => boxes.Taken.Where(mail => mail.To == to).Select(mail => Read(mail.Raw)).FirstOrDefault(mail => mail.Subject!.Contains(subject, StringComparison.Ordinal));
        await TestHub.Until(() => Task.FromResult(Find() is not null), $"a mail “{subject}” came for {to}", 60);
        return Find()!;
    }

    private static MimeMessage Read(string raw)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(raw));
        return MimeMessage.Load(stream);
    }

    private static string TokenOf(MimeMessage mail)
    {
        var link = mail.TextBody!.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("https://hub.example.com/p/", StringComparison.Ordinal));
        return link["https://hub.example.com/p/".Length..];
    }
}
