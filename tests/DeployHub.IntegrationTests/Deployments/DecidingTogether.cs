using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Inbox;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>Several people and one plan: what each may, and that no decision is lost or counted twice.</summary>
public sealed class DecidingTogether(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Twenty_who_decide_at_once_fill_each_slot_once()
    {
        using var estate = await LiveAsync();
        var number = await estate.PlanAsync();
        var seen = await ShownAsync(number);
        seen.Risk!.Band.ShouldBe(RiskBand.Medium);
        var deciders = new List<TestPerson>();
        for (var i = 0; i < 20; i++) deciders.Add(await ApproverAsync());

        var answers = await Task.WhenAll(deciders.Select(person => Task.Run(async () => await hub.As(person).Send(new ApproveDeployment(number, seen.PlanDigest.ToString())))));

        var now = await ShownAsync(number);
        var yes = answers.Count(answer => answer.Error is null);
        yes.ShouldBeInRange(1, 2);
        now.Approvals.Count(approval => approval.Status is ApprovalStatus.Approved).ShouldBe(yes);
        now.Approvals.Where(approval => approval.DecidedBy is not null).Select(approval => approval.DecidedBy!.Id).ShouldBeUnique();
        answers.Where(answer => answer.Error is not null).Select(answer => answer.Error!.Code).Distinct().ShouldAllBe(code => code == "changed-meanwhile" || code == "deployment.nothing-to-approve");
        now.Events.Count(happened => happened.Kind == "Approve").ShouldBe(yes);
        if (yes == 1) (await hub.As(deciders.Find(person => now.Approvals.All(approval => approval.DecidedBy?.Id != person.Id.ToString()))!).Send(new ApproveDeployment(number, seen.PlanDigest.ToString()))).Done();
        (await ShownAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public async Task The_risk_is_shown_while_planning_judged_by_people_and_binds_the_approvals()
    {
        using var estate = await LiveAsync();
        var preview = (await hub.As(Role.ReleaseManager).Send(new ShowPlanningChoices(estate.Plan("1.0.0")))).Preview!;
        (preview.Risk!.Band, preview.Approvals.Count).ShouldBe((RiskBand.Medium, 2));

        var number = await estate.PlanAsync();
        using var mia = await hub.ClientFor(Role.ReleaseManager);
        await mia.PostAsJsonAsync($"/api/v1/deployments/{number}/risk-changes", new { band = "Low", reason = "It is small." }).Problem(HttpStatusCode.Forbidden, "risk.only-approvers-lower");
        (await mia.PostAsJsonAsync($"/api/v1/deployments/{number}/risk-changes", new { band = "High", reason = "The supplier is away." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ShownAsync(number)).Approvals.Count(approval => approval.Status is ApprovalStatus.Pending).ShouldBe(3);

        (await hub.As(Role.Approver).Send(new ChangeRisk(number, RiskBand.Low, "Seen it a hundred times."))).Done();
        var shown = await ShownAsync(number);
        (shown.Risk!.Band, shown.Risk.Changes.Count).ShouldBe((RiskBand.Low, 2));
        shown.Approvals.Count(approval => approval.Status is ApprovalStatus.Pending).ShouldBe(1);
        using var browser = await hub.BrowserFor(Role.Approver);
        (await browser.Read($"/deployments/{number}/decide")).ShouldContain("Seen it a hundred times.");
        (await browser.Read($"/deployments/{number}")).ShouldContain("risk-bar");
        (await browser.Read("/")).ShouldContain("risk-mini");
    }

    [Fact]
    public async Task An_author_is_not_the_only_approver()
    {
        using var estate = await LiveAsync();
        var author = await ApproverAsync();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            estate.Name, "1.2.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.1.0", Digest.OfText("1.1.0").ToString())], Provenance: new Dictionary<string, string> { ["author"] = $"Somebody <{author.Email}>" }))).Done();
        var number = await estate.PlanAsync("1.2.0");
        (await hub.As(Role.Approver).Send(new ChangeRisk(number, RiskBand.Low, "It is small."))).Done();
        var digest = (await ShownAsync(number)).PlanDigest.ToString();

        (await hub.As(author).Send(new ApproveDeployment(number, digest))).Refused("SOD-2");
        (await hub.AsSystem.Send(new ShowDecision(number))).Done().Authors.Single().ShouldContain(author.Email);
        (await hub.As(Role.Approver).Send(new ApproveDeployment(number, digest))).Refused("approval.sole-lowerer");
        (await hub.As(await ApproverAsync()).Send(new ApproveDeployment(number, digest))).Done();
    }

    [Fact]
    public async Task What_is_passed_on_is_decided_by_the_delegate_or_their_deputy_and_comes_back_when_they_leave()
    {
        using var estate = await LiveAsync();
        var (ana, otto, rita) = (await ApproverAsync(), await ApproverAsync(), await ApproverAsync());
        var number = await estate.PlanAsync();
        var slot = (await ShownAsync(number)).Approvals[0].Number;
        using var client = await (await hub.BrowserFor(ana)).ForApiAsync();
        (await client.PostAsJsonAsync($"/api/v1/deployments/{number}/approvals/{slot}/delegation", new { to = otto.Email, reason = "I am at sea." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hub.As(otto).Send(new ListInbox())).Items.Single(item => item.Subject == number).Sentence.ShouldContain("passed on to you");

        var today = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        var cover = Guid.Parse((await hub.As(otto).Send(new NameDeputy(rita.Email, today, today.AddDays(3)))).Done());
        (await hub.As(rita).Send(new ListInbox())).Items.Single(item => item.Subject == number).Sentence.ShouldContain("in their place");
        (await hub.As(rita).Send(new ListCovers())).Single().IsMine.ShouldBeFalse();
        (await hub.As(rita).Send(new EndCover(cover))).Refused("approval-cover.not-found");

        (await hub.As(Role.Administrator).Send(new DeactivatePerson(otto.Email))).Done();
        (await ShownAsync(number)).Approvals[0].AskedOf.ShouldBeNull();
        (await hub.As(rita).Send(new ApproveDeployment(number, (await ShownAsync(number)).PlanDigest.ToString()))).Done();
    }

    [Fact]
    public async Task Where_the_policy_asks_for_a_change_no_plan_goes_without_one()
    {
        using var estate = await LiveAsync();
        (await hub.As(Role.DeploymentManager).Send(new SetEnvironmentPolicy(estate.Name, 0, 5, ChangeReferenceRequired: true))).Done();
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("deployment.change-reference-missing");

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0") with { ChangeReference = "no reference" }, "x"))).Error!.Fields.Keys.ShouldBe(["Plan.ChangeReference"]);
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0") with { ChangeReference = "CHG0031234" }, "x"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
    }

    [Fact]
    public async Task An_approval_that_is_too_old_is_asked_for_again()
    {
        using var estate = await LiveAsync();
        var start = hub.Clock.GetUtcNow().AddDays(20);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        hub.Clock.Advance(TimeSpan.FromDays(15));
        await hub.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            while (await db.PassTimeOfApprovalsAsync(hub.Clock.GetUtcNow(), CancellationToken.None)) await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        });

        var now = await ShownAsync(number);
        now.Status.ShouldBe(DeploymentStatus.InReview);
        now.Approvals.Count(approval => approval.Status is ApprovalStatus.Expired).ShouldBe(2);
        (await hub.Database(db => db.Deployments.CountAsync(known => known.Number == number && known.ApprovalsDueAt > hub.Clock.GetUtcNow()))).ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_stays_with_its_service_and_whoever_decides_about_several_may_do_so_in_all_of_them()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        PlanInput both = estate.Plan("1.0.0") with { Versions = [$"{estate.Name}@1.0.0", $"{other.Name}@1.0.0"] }, moved = estate.Plan("1.0.0") with { Versions = [$"{other.Name}@1.0.0"] };
        var mia = await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager, null, estate.Name));
        (await hub.As(mia).Send(new CreateDeployment(both))).Refused("access.not-permitted");

        var number = (await hub.As(mia).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(mia).Send(new EditDeployment(number, both, "Both"))).Refused("access.not-permitted");
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, moved, "The other"))).Refused("deployment.service-fixed");
        (await hub.As(await hub.NewPerson("Max", new RoleGrant(Role.ReleaseManager, null, other.Name))).Send(new EditDeployment(number, moved, "Mine now"))).Refused("access.not-permitted");

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, both, "Both"))).Done();
        (await hub.As(mia).Send(new SubmitDeployment(number))).Refused("access.not-permitted");
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        var ana = await hub.NewPerson("Ana", new RoleGrant(Role.Approver, ApproverQuality.ServiceOwner, estate.Name));
        (await hub.As(ana).Send(new ApproveDeployment(number, (await ShownAsync(number)).PlanDigest.ToString()))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_plan_in_review_becomes_nothing_that_could_not_be_submitted_and_an_edit_of_its_times_is_a_move()
    {
        using var estate = await LiveAsync();
        var number = await estate.PlanAsync();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0") with { Category = ChangeCategory.Emergency }, "Quick"))).Error!.Code.ShouldStartWith("emergency.");
        (await hub.As(Role.DeploymentManager).Send(new SetEnvironmentPolicy(estate.Name, 0, 5, ChangeReferenceRequired: true))).Done();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Another"))).Refused("deployment.change-reference-missing");

        var start = hub.Clock.GetUtcNow().AddDays(3);
        var dated = estate.Plan("1.0.0") with { ChangeReference = "CHG0031234", SlotStart = start, SlotEnd = start.AddHours(1) };
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, dated, "Later"))).Done();
        var shown = await ShownAsync(number);
        shown.Events.ShouldContain(happened => happened.Kind == "Reschedule");
    }

    [Fact]
    public async Task Whoever_alone_approved_does_not_take_the_run_over_and_who_had_it_approves_no_exception()
    {
        using var estate = await LiveAsync();
        var number = await estate.PlanAsync();
        (await hub.As(await ApproverAsync()).Send(new ChangeRisk(number, RiskBand.Low, "It is small."))).Done();
        var pat = await hub.NewPerson("Pat", new RoleGrant(Role.Approver, ApproverQuality.Peer), new RoleGrant(Role.DeploymentPractitioner));
        (await hub.As(pat).Send(new ApproveDeployment(number, (await ShownAsync(number)).PlanDigest.ToString()))).Done();

        var run = (await hub.As(Role.DeploymentPractitioner).Send(new Features.Runs.StartRun(number))).Done();
        (await hub.As(pat).Send(new Features.Runs.TakeOverRun(run))).Refused("SOD-3");
        (await hub.As(Role.DeploymentManager).Send(new Features.Runs.TakeOverRun(run))).Done();
        var (first, second) = (await hub.PersonFor(Role.DeploymentPractitioner), await hub.PersonFor(Role.DeploymentManager));
        var operators = await hub.Database(async db => await db.OperatorsAsync((await db.Deployments.SingleAsync(known => known.Number == number)).Id, CancellationToken.None));
        operators.Select(person => person.Id).ShouldBe([second.Id.ToString(), first.Id.ToString()], ignoreOrder: true);
    }

    [Fact]
    public async Task A_standard_change_needs_a_model_that_says_so_and_a_low_risk()
    {
        using var plain = await LiveAsync();
        var normal = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plain.Plan("1.0.0") with { Category = ChangeCategory.Standard }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(normal))).Refused("deployment.standard-not-authorised");

        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true, change: (made, document) =>
            Task.FromResult(document.Replace("appliesTo:", $"preAuthorised: {{ services: [{made.Name}], tiers: [Production] }}\nappliesTo:", StringComparison.Ordinal)));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Category = ChangeCategory.Standard }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("deployment.standard-too-risky");
        await UseAsync(estate); // from now on the model, the way and the place are known

        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        var shown = await ShownAsync(number);
        (shown.Status, shown.Approvals.Count).ShouldBe((DeploymentStatus.Scheduled, 0));
        shown.Authorisation!.Sentence.ShouldContain($"Authorised by model {estate.Name} v1");
    }

    private async Task UseAsync(Estate estate)
    {
        var number = await estate.PlanAsync();
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new Features.Runs.StartRun(number))).Done();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, Domain.Runs.RunStatus.Succeeded);
    }

    private async Task<ShowDeployment.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private Task<TestPerson> ApproverAsync() => hub.NewPerson("Approver", [.. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
}
