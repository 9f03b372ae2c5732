using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Models.Reviewing;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Notifications;

public sealed class BeingTold(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Whoever_may_approve_is_asked_and_whoever_planned_hears_what_was_decided()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var (peer, elsewhere) = (await hub.NewPerson("Peer", ApproverOf(estate.Name)), await hub.NewPerson("Elsewhere", ApproverOf("another")));
        var (outsider, planner) = (await hub.NewPerson("Outsider"), await hub.NewPerson("Planner", new RoleGrant(Role.ReleaseManager)));
        var number = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(planner).Send(new SubmitDeployment(number))).Done();
        await hub.PassOnAsync();

        var asked = (await NoticesAsync(peer)).ShouldHaveSingleItem();
        (asked.Type, asked.Class, asked.Subject, asked.Path).ShouldBe(("deployment.submitted", NoticeClass.Actionable, number, $"/deployments/{number}"));
        foreach (var other in new[] { elsewhere, outsider, planner }) (await NoticesAsync(other)).ShouldBeEmpty();

        var digest = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().PlanDigest;
        (await hub.As(peer).Send(new ApproveDeployment(number, digest.ToString(), "Fine"))).Done();
        await estate.ApproveAsync(number);
        await hub.PassOnAsync();
        (await NoticesAsync(planner)).Select(notice => notice.Type).Distinct().ShouldBe(["deployment.scheduled", "approval.decided"]);
        (await NoticesAsync(peer)).Count.ShouldBe(1, "nobody is told of what they did themselves");

        (await hub.As(peer).Send(new CountNotices())).ShouldBe(1);
        using var browser = await hub.BrowserFor(peer);
        (await browser.Read("/")).ShouldContain("1 of them new");
        (await browser.Read("/notices")).ShouldContain(asked.Sentence);
        using var opened = await browser.Get($"/notices/{asked.Number}");
        opened.Headers.Location!.OriginalString.ShouldBe($"/deployments/{number}");
        (await hub.As(peer).Send(new CountNotices())).ShouldBe(0);
        (await browser.Read("/notices/bell")).ShouldContain("none of them new");

        (await hub.As(peer).Send(new ReadNotice((await NoticesAsync(planner))[0].Number))).Refused("notice.not-found");
        (await hub.As(planner).Send(new ReadAllNotices(UpTo: (await NoticesAsync(planner))[1].Number))).Done();
        (await hub.As(planner).Send(new ListNotices(Unread: true))).Rows.Select(notice => notice.Type).ShouldBe(["deployment.scheduled"]);
    }

    [Fact]
    public async Task Nothing_is_told_twice_and_nothing_that_was_refused()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var peer = await hub.NewPerson("Peer", ApproverOf(estate.Name));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Error.ShouldNotBeNull();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.PassOnAsync()));

        (await NoticesAsync(peer)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reviews_and_improvements_are_told_and_reminded_of_once()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var (manager, proposer) = (await hub.NewPerson("Manager", new RoleGrant(Role.DeploymentManager)), await hub.NewPerson("Proposer", new RoleGrant(Role.DeploymentPractitioner)));
        var review = (await hub.As(Role.DeploymentManager).Send(new ScheduleReview("Nobody knows why", estate.Name))).Done();
        var improvement = (await hub.As(proposer).Send(new ProposeImprovement(estate.Name, "Look earlier", ["https://example.com/why"]))).Done();
        await hub.PassOnAsync();
        (await NoticesAsync(manager)).Select(notice => (notice.Type, notice.Subject)).ShouldBe([("improvement.proposed", improvement), ("review.due", review)]);

        hub.Clock.Advance(TimeSpan.FromDays(31));
        await hub.RemindAsync();
        await hub.PassOnAsync();
        await hub.RemindAsync();
        await hub.PassOnAsync();
        (await NoticesAsync(manager)).Where(notice => notice.Subject == review || notice.Subject == improvement).Select(notice => notice.Type).ShouldBe(
            ["improvement.overdue", "review.overdue", "improvement.proposed", "review.due"]);
        (await hub.As(manager).Send(new ListInbox())).Items.ShouldContain(item => item.Kind == InboxKind.Review && item.IsOverdue);

        (await hub.As(manager).Send(new DeclineImprovement(improvement, "Not worth it"))).Done();
        await hub.PassOnAsync();
        (await NoticesAsync(proposer)).ShouldHaveSingleItem().Sentence.ShouldContain("Not worth it");
    }

    [Fact]
    public async Task Mails_follow_what_somebody_chose_and_the_rest_of_the_day_comes_in_one()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var here = ApproverOf(estate.Name);
        var (usual, never, quiet) = (await hub.NewPerson("Usual", here), await hub.NewPerson("Never", here), await hub.NewPerson("Quiet", here));
        var planner = await hub.NewPerson("Planner", new RoleGrant(Role.ReleaseManager));
        var now = hub.Clock.GetUtcNow();
        (await hub.As(never).Send(new ChooseNotifications(Actionable: MailTiming.Never))).Done();
        (await hub.As(quiet).Send(new ChooseNotifications(QuietFrom: TimeOnly.FromDateTime(now.UtcDateTime.AddHours(-1)), QuietUntil: TimeOnly.FromDateTime(now.UtcDateTime.AddHours(2))))).Done();
        (await hub.As(usual).Send(new ChooseNotifications(QuietFrom: new TimeOnly(1, 0)))).Refused("notifications.quiet-hours-half");
        var number = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(planner).Send(new SubmitDeployment(number))).Done();
        await hub.PassOnAsync(sendsMail: true);

        var mails = (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Where(mail => mail.Subject == number).ToList();
        mails.Select(mail => mail.To).ShouldNotContain("Never");
        mails.Single(mail => mail.To == "Usual").DueAt!.Value.ShouldBeLessThan(now.AddMinutes(5));
        mails.Single(mail => mail.To == "Quiet").DueAt!.Value.ShouldBeInRange(now.AddMinutes(110), now.AddMinutes(125));

        var digest = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().PlanDigest;
        (await hub.As(usual).Send(new ApproveDeployment(number, digest.ToString(), null))).Done();
        await estate.ApproveAsync(number);
        await hub.PassOnAsync(sendsMail: true);
        hub.Clock.Advance(TimeSpan.FromDays(1));
        await hub.WriteDigestsAsync();
        await hub.WriteDigestsAsync();
        (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Count(mail => mail is { To: "Planner", Type: "digest.daily" }).ShouldBe(1);
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_at_both_doors_and_name_the_field()
    {
        var wrong = (await hub.As(Role.Administrator).Send(new SetMailServer("smtp example", 70000, "nobody", User: "me"))).Refused("invalid");
        (await hub.As(Role.Administrator).Send(new SetMailServer("smtp.example.com", 25, "hub@example.com", MailTls.None, "hub", "mail-password"))).Refused("invalid").Fields.Keys.ShouldBe(["Tls"]);
        wrong.Fields.Keys.ShouldBe(["Host", "Port", "Sender", "Secret"], ignoreOrder: true);
        (await hub.As(Role.DeploymentManager).Send(new SetMailServer("smtp.example.com", 25, "a@example.com"))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("chat"), "Chat", "https://hooks.slack.com/services/T0/B0/secret", "chat", ["run.halted"], Kind: WebhookKind.Slack)))
            .Refused("invalid").Fields.Keys.ShouldBe(["Url"]);

        using var browser = await hub.BrowserFor(Role.Administrator);
        using var again = await browser.Submit("/admin/mail", null, ("Input.Host", "smtp example"), ("Input.Port", "25"), ("Input.Sender", "nobody"), ("Input.SenderName", "Hub"));
        (await again.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(page => page.ShouldContain("Write the name of a server"), page => page.ShouldContain("smtp example"));
        using var choosing = await hub.BrowserFor(Role.Stakeholder);
        using var refused = await choosing.Submit("/account/notifications", null, ("Input.Zone", "Europe/Nowhere"), ("Input.Urgent", "AtOnce"), ("Input.Actionable", "AtOnce"), ("Input.Info", "Never"), ("Input.Digest", "Never"));
        (await refused.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(page => page.ShouldContain("There is no time zone"), page => page.ShouldContain("Europe/Nowhere"));
        foreach (var page in new[] { "/admin/mail", "/admin/deliveries?mail=true", "/admin/webhooks/new" }) (await browser.Read(page)).ShouldContain("<main");
    }

    [Fact]
    public async Task What_could_not_be_passed_on_is_named_and_keeps_no_other_from_it()
    {
        var (stuck, manager) = (TestHub.Unique("stuck"), await hub.NewPerson("Manager", new RoleGrant(Role.DeploymentManager)));
        var at = hub.Clock.GetUtcNow().AddMinutes(-5);
        await hub.Database(async db =>
        {
            db.Happenings.Add(Happening.Of("review.overdue", stuck, "It belongs to a model that is not there.", "/reviews", Actor.System, at, model: ModelId.New()));
            db.Happenings.Add(Happening.Of("review.overdue", "REV-1", "It is late.", "/reviews", Actor.System, at.AddMinutes(1)));
            return await db.SaveChangesAsync();
        });

        var inTheWay = await Should.ThrowAsync<NotPassedOnException>(() => hub.PassOnAsync());
        inTheWay.Message.ShouldContain(stuck);
        await hub.Database(db => db.PostponeAsync(inTheWay, hub.Clock.GetUtcNow(), CancellationToken.None));
        await hub.PassOnAsync();

        (await NoticesAsync(manager)).ShouldContain(notice => notice.Subject == "REV-1");
        (await hub.As(Role.Administrator).Send(new ShowMailServer())).Done().NotPassedOn.ShouldBe(1);
        await hub.Database(db => db.Happenings.Where(happening => happening.Subject == stuck).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task What_cannot_be_told_however_often_is_set_aside_with_the_reason_and_told_when_somebody_asks_for_it()
    {
        var (poison, manager) = (TestHub.Unique("poison"), await hub.NewPerson("Manager", new RoleGrant(Role.DeploymentManager)));
        await hub.Database(async db =>
        {
            db.Happenings.Add(Happening.Of("review.overdue", poison, "It cannot even be read.", "/reviews", Actor.System, hub.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        await hub.Database(db => db.Database.ExecuteSqlAsync($"update happenings set class = 'Nonsense' where subject = {poison}"));

        for (var tries = 1; tries <= Happening.MostTries; tries++)
        {
            var inTheWay = await Should.ThrowAsync<NotPassedOnException>(() => hub.PassOnAsync());
            (await hub.Database(db => db.PostponeAsync(inTheWay, hub.Clock.GetUtcNow(), CancellationToken.None))).ShouldBe(1);
            hub.Clock.Advance(TimeSpan.FromMinutes(11));
        }

        await hub.PassOnAsync();
        using var browser = await hub.BrowserFor(Role.Administrator);
        var row = (await hub.As(Role.Administrator).Send(new ListSetAside())).Done().Rows.Single(aside => aside.Subject == poison);
        (row.Tries, row.Trouble.Length > 0).ShouldBe((Happening.MostTries, true));
        (await browser.Read("/admin/deliveries")).ShouldSatisfyAllConditions(page => page.ShouldContain(poison), page => page.ShouldContain("Tell it again"));
        (await hub.As(Role.DeploymentManager).Send(new ListSetAside())).Error!.Code.ShouldBe("access.not-permitted");
        (await hub.As(Role.DeploymentManager).Send(new TellAgain(row.Number))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new TellAgain(long.MaxValue))).Refused("happening.not-found");

        await hub.Database(db => db.Database.ExecuteSqlAsync($"update happenings set class = 'Digest' where subject = {poison}"));
        using (var told = await browser.Submit("/admin/deliveries", "Tell", ("happening", $"{row.Number}"))) told.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await hub.PassOnAsync();
        (await NoticesAsync(manager)).ShouldContain(notice => notice.Subject == poison);
        (await hub.As(Role.Administrator).Send(new TellAgain(row.Number))).Refused("happening.not-found");
    }

    [Fact]
    public async Task Whoever_is_put_on_a_plan_hears_it_and_whoever_is_taken_off_too()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var (first, second) = (await hub.NewPerson("First", new RoleGrant(Role.DeploymentPractitioner)), await hub.NewPerson("Second", new RoleGrant(Role.DeploymentPractitioner)));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new AssignPeople(number, Operator(first)))).Done();
        await hub.PassOnAsync();
        (await NoticesAsync(first)).Select(notice => notice.Type).ShouldBe(["deployment.assigned"]);

        (await hub.As(Role.ReleaseManager).Send(new AssignPeople(number, Operator(second)))).Done();
        await hub.PassOnAsync();
        var off = (await NoticesAsync(first))[0];
        (off.Type, off.Path).ShouldBe(("deployment.unassigned", $"/deployments/{number}"));
        off.Sentence.ShouldContain("First is not named for operator");
        (await NoticesAsync(second)).Select(notice => notice.Type).ShouldBe(["deployment.assigned"]);

        static Dictionary<string, IReadOnlyList<string>> Operator(TestPerson person) => new() { ["operator"] = [person.Email] };
    }

    [Fact]
    public async Task Planners_of_a_campaign_hear_that_it_waits_and_that_its_go_is_lost()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var (planner, manager) = (await hub.NewPerson("Planner", new RoleGrant(Role.ReleaseManager)), await hub.NewPerson("Manager", new RoleGrant(Role.DeploymentManager)));
        string[] members = [await PlannedAsync(), await PlannedAsync()];
        var number = (await hub.As(planner).Send(new PlanCampaign("Train", [[members[0]], [members[1]]]))).Done();
        await hub.PassOnAsync();
        (await NoticesAsync(manager)).ShouldContain(notice => notice.Type == "campaign.go_needed" && notice.Subject == number && notice.Path == $"/campaigns/{number}");

        var digest = (await hub.AsSystem.Send(new ShowCampaign(number))).Done().PlansDigest;
        (await hub.As(Role.Approver).Send(new DecideCampaign(number, GoNoGo.Go, digest.ToString()))).Done();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(members[0], estate.Plan("1.1.0"), "Another version"))).Done();
        await hub.PassOnAsync();

        (await NoticesAsync(planner)).Where(notice => notice.Subject == number).Select(notice => notice.Type).ShouldBe(["campaign.go_lost", "campaign.go"]);

        async Task<string> PlannedAsync() => (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
    }

    [Fact]
    public async Task An_open_page_keeps_nobody_signed_in_and_whoever_is_signed_out_is_answered_nothing()
    {
        using var nobody = hub.Browser();
        using var answer = await nobody.Get("/notices/bell");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var browser = await hub.BrowserFor(Role.Stakeholder);
        hub.Clock.Advance(TimeSpan.FromHours(7));
        (await IsRenewedAsync("/notices/bell"), await IsRenewedAsync("/")).ShouldBe((false, true));

        async Task<bool> IsRenewedAsync(string path)
        {
            using var shown = await browser.Get(path);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK);
            return shown.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("deployhub=", StringComparison.Ordinal));
        }
    }

    /// <summary>A live plan of medium risk asks them.</summary>
    private static RoleGrant ApproverOf(string service) => new(Role.Approver, ApproverQuality.ServiceOwner, Service: service);

    private async Task<IReadOnlyList<ListNotices.Row>> NoticesAsync(TestPerson person) => (await hub.As(person).Send(new ListNotices(Limit: 200))).Rows;
}
