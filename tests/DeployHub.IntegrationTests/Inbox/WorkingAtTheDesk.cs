using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Comments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Find;
using DeployHub.Features.Inbox;
using DeployHub.Features.Insights;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Inbox;

/// <summary>Inbox, backlog, comments, watching, palette and wallboard through the mediator, pages and API (domain M9, J1 step 3).</summary>
public sealed class WorkingAtTheDesk(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_plan_is_decided_about_in_the_inbox_and_nothing_typed_is_lost()
    {
        using var estate = await LiveAsync();
        var number = await estate.PlanAsync();
        var item = (await hub.As(Role.Approver).Send(new ListInbox())).Items.Single(asked => asked.Subject == number);
        (item.Kind, item.PlanDigest is null, item.Risk is null).ShouldBe((InboxKind.Approval, false, false));
        (await hub.As(Role.ReleaseManager).Send(new ListInbox())).Items.ShouldNotContain(asked => asked.Subject == number, "planners never approve (SOD-1)");

        using var ana = await hub.BrowserFor(Role.Approver);
        (await ana.Read("/inbox")).ShouldContain("risk-mini");
        using (var refused = await ana.Submit("/inbox", "Reject", ("Number", number), ("PlanDigest", item.PlanDigest!), ("Reason", "")))
            WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("Say why: the reason becomes part of the record.");
        using (var changed = await ana.Submit("/inbox", "Approve", ("Number", number), ("PlanDigest", Domain.Digest.OfText("another").ToString()), ("Reason", "Read and fine")))
        {
            var page = WebUtility.HtmlDecode(await changed.Content.ReadAsStringAsync());
            page.ShouldContain("The plan changed after you opened it.");
            page.ShouldContain(">Read and fine</textarea>");
        }

        using (var approved = await ana.Submit("/inbox", "Approve", ("Number", number), ("PlanDigest", item.PlanDigest!))) approved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var after = await hub.As(Role.Approver).Send(new ListInbox());
        after.Items.ShouldNotContain(asked => asked.Subject == number);
        after.Decided.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_backlog_holds_what_is_submitted_says_what_keeps_it_and_reminds_once_a_day()
    {
        using var estate = await LiveAsync();
        var draft = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.AsSystem.Send(new ShowBacklog(estate.Name))).Figures.Wip.ShouldBe(0);
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(draft))).Done();

        var row = (await hub.AsSystem.Send(new ShowBacklog(estate.Name))).Rows.ShouldHaveSingleItem();
        (row.Number, row.Status, row.WaitsFor[0].What).ShouldBe((draft, DeploymentStatus.InReview, nameof(GateKind.Approval)));
        (await hub.As(Role.ReleaseManager).Send(new NudgeApprover(draft, row.Approvals[0].Number))).Done();
        using (var mia = await hub.ClientFor(Role.ReleaseManager))
        {
            await mia.PostAsync($"/api/v1/deployments/{draft}/approvals/{row.Approvals[0].Number}/nudge", null).Problem(HttpStatusCode.Conflict, "approval.nudged-already");
            (await mia.PutAsJsonAsync($"/api/v1/deployments/{draft}/priority", new { priority = "High", reason = "The bank waits." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        (await hub.AsSystem.Send(new ShowBacklog(estate.Name))).Rows.Single().Priority.ShouldBe(Priority.High);
        (await hub.As(Role.ReleaseManager).Send(new RecallDeployment(draft, "Another text"))).Done();
        (await hub.AsSystem.Send(new ShowBacklog(estate.Name))).Figures.BackToDraft.ShouldBe(1, "the demand still waits");
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(draft, "Not needed"))).Done();
        var over = await hub.AsSystem.Send(new ShowBacklog(estate.Name));
        (over.Figures.Wip, over.Figures.Quarter.Withdrawn, over.Figures.Quarter.Finished).ShouldBe((0, 1, 0));
        using var browser = await hub.BrowserFor(Role.Stakeholder);
        (await browser.Read($"/backlog?service={estate.Name}")).ShouldContain("Nothing matches");
    }

    [Fact]
    public async Task Who_is_named_or_watches_is_told_and_a_comment_is_only_withdrawn()
    {
        using var estate = await LiveAsync();
        var (number, nils, wanda) = (await estate.PlanAsync(), await hub.NewPerson("Nils", new RoleGrant(Role.Stakeholder)), await hub.NewPerson("Wanda", new RoleGrant(Role.Stakeholder)));
        (await hub.As(wanda).Send(new StartWatching(WatchSubject.Service, estate.Name))).Done();
        (await hub.As(wanda).Send(new StartWatching(WatchSubject.Service, estate.Name))).Done();
        (await hub.As(wanda).Send(new StartWatching(WatchSubject.Deployment, "DEP-1999-000001"))).Refused("deployment.not-found");

        var id = Guid.Parse((await hub.As(Role.Approver).Send(new WriteComment(CommentSubject.Deployment, number, $"@{nils.Email} is that you?"))).Done());
        await hub.PassOnAsync();
        foreach (var told in (TestPerson[])[nils, wanda])
            (await hub.As(told).Send(new ListNotices())).Rows.ShouldContain(notice => notice.Sentence.Contains("is that you?"));

        (await hub.As(nils).Send(new WithdrawComment(id))).Refused("comment.of-others");
        (await hub.As(Role.Approver).Send(new WithdrawComment(id))).Done();
        (await hub.As(nils).Send(new ListComments(CommentSubject.Deployment, number))).Done().Comments.Single().Text.ShouldBeNull();
        (await hub.As(nils).Send(new WriteComment(CommentSubject.Halt, $"{number}/R1/H1", "So."))).Refused("halt.not-found");
        using var browser = await hub.BrowserFor(Role.Approver);
        (await browser.Read($"/deployments/{number}")).ShouldContain("withdrawn");
        (await browser.Read($"/comments?subject=Deployment&key={number}")).ShouldContain("Your comment");
    }

    [Fact]
    public async Task Everything_is_found_by_who_may_see_it_and_the_wall_needs_nobody()
    {
        using var estate = await LiveAsync();
        (await hub.As(Role.Administrator).Send(new FindAnything("nobody-is-called-like-that"))).ShouldBeEmpty();
        (await hub.As(Role.Stakeholder).Send(new FindAnything("Stakeholder"))).ShouldNotContain(hit => hit.Kind == FindAnything.Kind.Person);
        (await hub.As(Role.Approver).Send(new FindAnything("WIN-"))).ShouldContain(hit => hit.Kind == FindAnything.Kind.Window);

        using var browser = await hub.BrowserFor(Role.Stakeholder);
        (await browser.Read("/wall")).ShouldContain("Last halt on a live environment");
        (await browser.Read("/find?q=wallboard")).ShouldContain("Open the wallboard");
        (await browser.Read("/")).ShouldContain("today-strip");
    }

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
}
