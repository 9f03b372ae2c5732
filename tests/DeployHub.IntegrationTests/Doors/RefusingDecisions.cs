using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Approvals, delegation, cover, judging risks, and emergencies: what both doors refuse (domain §2.3.2, §2.6, §4.3).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingDecisions(TestHub hub)
{
    private static readonly string TooLong = new('x', 2001);

    [Fact]
    public async Task Approving()
    {
        using var estate = await LiveAsync();
        var planner = await PlannerWhoApprovesAsync();
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var own = await BothDoors.OfAsync(hub, planner);
        using var stranger = await BothDoors.OfAsync(hub, await hub.NewPerson("Stranger", new RoleGrant(Role.Approver, ApproverQuality.Peer, TestHub.Unique("elsewhere"))));
        var number = await PlannedAsync(planner, estate.Plan("1.0.0"));
        var seen = await DigestAsync(number);
        var once = await PlannedAsync(planner, estate.Plan("1.1.0"));
        (await hub.As(Role.Approver).Send(new ApproveDeployment(once, await DigestAsync(once)))).Done();
        var draft = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();

        await ana.RefuseAlikeAsync(
            Deciding("A comment of 2001 characters", "invalid", "Reason", number, "Approve", "approvals", seen, TooLong),
            Deciding("Rejecting without a reason", "invalid", "Reason", number, "Reject", "rejections", seen, ""),
            Deciding("A second time", "deployment.already-approved", null, once, "Approve", "approvals", await DigestAsync(once), "And again").Gone(),
            Deciding("A draft", "deployment.nothing-to-approve", null, draft, "Approve", "approvals", await DigestAsync(draft), "Fine").Gone(),
            Withdrawing("Taking back what was not given", "deployment.nothing-to-withdraw", null, number, "I was wrong").Gone(),
            Withdrawing("Taking back without a reason", "invalid", "WithdrawalReason", once, ""));
        await own.RefuseAlikeAsync(Deciding("One's own plan", "SOD-1", null, number, "Approve", "approvals", seen, "Mine is fine").Gone());
        await stranger.RefuseAlikeAsync(Deciding("A plan of others' services", "access.not-permitted", null, number, "Approve", "approvals", seen, "Fine").Gone());
    }

    [Fact]
    public async Task Whoever_wrote_it_alone_and_whoever_alone_approved_it()
    {
        using var estate = await LiveAsync();
        var (author, pat) = (await ApproverAsync("Author"), await hub.NewPerson("Pat", new RoleGrant(Role.Approver, ApproverQuality.Peer), new RoleGrant(Role.DeploymentPractitioner)));
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            estate.Name, "1.2.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.1.0", Digest.OfText("1.1.0").ToString())], Provenance: new Dictionary<string, string> { ["author"] = $"Somebody <{author.Email}>" }))).Done();
        using var writer = await BothDoors.OfAsync(hub, author);
        using var approver = await BothDoors.OfAsync(hub, pat);
        var planner = await hub.PersonFor(Role.ReleaseManager);
        var (written, alone, started) = (await SmallAsync(planner, estate.Plan("1.2.0")), await SmallAsync(planner, estate.Plan("1.1.0")), await SmallAsync(planner, estate.Plan("1.0.0")));
        foreach (var number in new[] { alone, started }) (await hub.As(pat).Send(new ApproveDeployment(number, await DigestAsync(number)))).Done();
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(started))).Done().Split("/R")[1];

        await writer.RefuseAlikeAsync(Deciding("One's own change, alone", "SOD-2", null, written, "Approve", "approvals", await DigestAsync(written), "I wrote it").Gone());
        await approver.RefuseAlikeAsync(
            Starting("What one alone approved", "SOD-3", alone),
            new("Taking over a run of it", "SOD-3", null, new($"/deployments/{started}/runs/{run}", "TakeOver"), Request.Post($"/deployments/{started}/runs/{run}/takeovers")));
    }

    [Fact]
    public async Task A_plan_that_was_edited_while_somebody_decided()
    {
        using var estate = await LiveAsync();
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        var number = await PlannedAsync(await hub.PersonFor(Role.ReleaseManager), estate.Plan("1.0.0"));
        var seen = await DigestAsync(number);
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Another version"))).Done();

        await ana.RefuseAlikeAsync(
            Deciding("Approving on the page to decide on", "deployment.digest-changed", null, number, "Approve", "approvals", seen, "Read it"),
            Deciding("Rejecting there", "deployment.digest-changed", null, number, "Reject", "rejections", seen, "Not this one"),
            Deciding("Approving on its own page", "deployment.digest-changed", null, number, "Approve", "approvals", seen, "Read it", page: $"/deployments/{number}"),
            new("Approving in the inbox", "deployment.digest-changed", null, new("/inbox", "Approve", ("Number", number), ("PlanDigest", seen), ("Reason", "Read it")), Request.Post($"/deployments/{number}/approvals", new { planDigest = seen, reason = "Read it" })));
    }

    [Fact]
    public async Task An_approver_who_left_meanwhile_is_nobody_at_either_door()
    {
        using var estate = await LiveAsync();
        var number = await PlannedAsync(await hub.PersonFor(Role.ReleaseManager), estate.Plan("1.0.0"));
        var leaver = await ApproverAsync("Leaver");
        using var browser = await hub.BrowserFor(leaver);
        var token = TestBrowser.TokenIn(await browser.Read($"/deployments/{number}/decide"));
        (await hub.As(Role.Administrator).Send(new DeactivatePerson(leaver.Email))).Done();
        var contents = new Contents(hub);
        var before = await contents.ReadAsync();

        using var page = await browser.Post($"/deployments/{number}/decide?handler=Approve", token, ("PlanDigest", await DigestAsync(number)));
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldContain("/sign-in");
        browser.Client.DefaultRequestHeaders.Add("X-Antiforgery", token);
        using var api = await browser.Client.PostAsync($"/api/v1/deployments/{number}/approvals", JsonContent.Create(new { planDigest = await DigestAsync(number) }));
        api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Contents.Differing(before, await contents.ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delegating_and_naming_deputies()
    {
        using var estate = await LiveAsync();
        var planner = await PlannerWhoApprovesAsync();
        var (otto, left, elsewhere) = (await ApproverAsync("Otto"), await ApproverAsync("Left"), await hub.NewPerson("Else", new RoleGrant(Role.Approver, ApproverQuality.Peer, TestHub.Unique("elsewhere"))));
        (await hub.As(Role.Administrator).Send(new DeactivatePerson(left.Email))).Done();
        var me = await hub.PersonFor(Role.Approver);
        using var ana = await BothDoors.OfAsync(hub, me);
        var number = await PlannedAsync(planner, estate.Plan("1.0.0"));
        var slot = (await ShownAsync(number)).Approvals[0].Number;
        var today = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        var cover = (await hub.As(me).Send(new NameDeputy(otto.Email, today, today.AddDays(3)))).Done();
        (await hub.As(me).Send(new EndCover(Guid.Parse(cover)))).Done();
        var theirs = (await hub.As(otto).Send(new NameDeputy(me.Email, today.AddDays(10), today.AddDays(13)))).Done();

        await ana.RefuseAlikeAsync(
            Passing("To nobody", "invalid", "To", number, slot, ""),
            Passing("Without a reason", "invalid", "DelegationReason", number, slot, otto.Email, ""),
            Passing("To whom nobody knows", "approval.delegate-unknown", "To", number, slot, "nobody@test.example").Gone(),
            Passing("To somebody who left", "approval.delegate-unknown", "To", number, slot, left.Email).Gone(),
            Passing("To oneself", "approval.delegated-to-oneself", "To", number, slot, me.Email).Gone(),
            Passing("To somebody who may not decide here", "approval.delegate-not-qualified", "To", number, slot, elsewhere.Email).Gone(),
            Passing("To who planned it", "SOD-1", null, number, slot, planner.Email).Gone(),
            Passing("An approval that does not wait", "approval.not-pending", null, number, 99, otto.Email).Gone(),
            Covering("No deputy", "invalid", "Input.Deputy", "", today, today.AddDays(3)),
            Covering("A deputy whom nobody knows", "approval-cover.deputy-unknown", "Input.Deputy", "nobody@test.example", today, today.AddDays(3)),
            Covering("A deputy who left", "approval-cover.deputy-unknown", "Input.Deputy", left.Email, today, today.AddDays(3)),
            Covering("Oneself", "approval-cover.oneself", "Input.Deputy", me.Email, today, today.AddDays(3)),
            Covering("Days in the wrong order", "approval-cover.dates", "Input.Until", otto.Email, today.AddDays(3), today),
            Covering("Days that are over", "approval-cover.dates", "Input.Until", otto.Email, today.AddDays(-9), today.AddDays(-2)),
            Covering("Half a year", "approval-cover.dates", "Input.Until", otto.Email, today, today.AddDays(180)),
            EndingCover("Ending a cover twice", "approval-cover.is-over", cover),
            EndingCover("Ending that of somebody else", "approval-cover.not-found", theirs));
    }

    [Fact]
    public async Task Judging_the_risk()
    {
        using var estate = await LiveAsync();
        var planner = await PlannerWhoApprovesAsync();
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var own = await BothDoors.OfAsync(hub, planner);
        var number = await PlannedAsync(planner, estate.Plan("1.0.0"));
        var draft = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();

        await ana.RefuseAlikeAsync(
            Judging("Without a reason", "invalid", "RiskReason", number, "Low", ""),
            Judging("For 2001 characters", "invalid", "RiskReason", number, "Low", TooLong),
            Judging("As it is", "risk.same", "Band", number, "Medium", "It is").Gone(),
            Judging("As nothing", "invalid", "Band", number, "", "I cannot say") with { Request = null },
            Judging("A draft", "risk.not-assessed", null, draft, "High", "It is new").Gone());
        await mia.RefuseAlikeAsync(Judging("Lowered by who approves nothing", "risk.only-approvers-lower", null, number, "Low", "It is small"));
        await own.RefuseAlikeAsync(Judging("Lowered by who planned it", "SOD-1", null, number, "Low", "It is small"));
    }

    [Fact]
    public async Task Emergencies()
    {
        using var estate = await LiveAsync();
        var (paul, both) = (await hub.NewPerson("Paul", new RoleGrant(Role.DeploymentPractitioner, BreaksGlass: true)), await hub.NewPerson(
            "Both", [new RoleGrant(Role.DeploymentPractitioner, BreaksGlass: true), .. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]));
        using var named = await BothDoors.OfAsync(hub, paul);
        using var other = await BothDoors.OfAsync(hub, Role.DeploymentPractitioner);
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var late = await BothDoors.OfAsync(hub, both);
        var emergency = estate.Plan("1.0.0") with { Category = ChangeCategory.Emergency, Reason = ReasonCode.FixIncident, Incident = "INC-77" };
        var (number, grave, normal) = (await PlannedAsync(paul, emergency), await PlannedAsync(paul, emergency with { IncidentSeverity = 1 }), await PlannedAsync(paul, estate.Plan("1.1.0")));
        var broken = await PlannedAsync(await hub.PersonFor(Role.ReleaseManager), emergency with { IncidentSeverity = 1 });
        (await hub.As(both).Send(new BreakGlass(broken, await DigestAsync(broken), broken, "Payments are down."))).Done();
        var (seen, gravely) = (await DigestAsync(number), await DigestAsync(grave));
        var stale = await DigestAsync(normal);

        await named.RefuseAlikeAsync(
            Breaking("While its approvers are asked", "emergency.timer-runs", null, number, seen),
            Breaking("Without a reason", "invalid", "GlassReason", grave, gravely, reason: ""),
            Breaking("Unconfirmed", "invalid", "Confirmation", grave, gravely, confirmation: ""),
            Breaking("Confirmed with another word", "emergency.not-confirmed", "Confirmation", grave, gravely, confirmation: "yes"),
            Breaking("Of a plan that was edited", "deployment.digest-changed", null, grave, stale),
            Breaking("For no emergency", "emergency.not-one", null, normal, await DigestAsync(normal)).Gone());
        await other.RefuseAlikeAsync(Breaking("By who is not named for it", "emergency.not-named", null, grave, gravely).Gone());
        await ana.RefuseAlikeAsync(
            Deciding("Afterwards without a reason", "invalid", "Reason", broken, "ApproveLate", "late-approvals", await DigestAsync(broken), ""),
            Deciding("Against it without a reason", "invalid", "Reason", broken, "DisagreeLate", "late-approvals", await DigestAsync(broken), ""),
            Deciding("Afterwards where nothing is owed", "approval.nothing-deferred", null, normal, "ApproveLate", "late-approvals", await DigestAsync(normal), "It had to be").Gone());
        await late.RefuseAlikeAsync(Deciding("Afterwards by who broke the glass", "SOD-4", null, broken, "ApproveLate", "late-approvals", await DigestAsync(broken), "It had to be").Gone());
    }

    [Fact]
    public async Task Starting_while_a_gate_is_closed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var paul = await BothDoors.OfAsync(hub, Role.DeploymentPractitioner);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);
        var first = await PlannedAsync(await hub.PersonFor(Role.ReleaseManager), estate.Plan("1.0.0"));
        var second = await PlannedAsync(await hub.PersonFor(Role.ReleaseManager), estate.Plan("1.1.0") with { After = [new PredecessorInput(first)] });

        await paul.RefuseAlikeAsync(Starting("Before what comes before it", "deployment.gates-closed", second), Starting("What is not there", "deployment.not-found", "DEP-1999-000001"));
        await auditor.RefuseAlikeAsync(Starting("An auditor", "access.not-permitted", first));
    }

    private static Refusal Deciding(string wrong, string code, string? field, string number, string handler, string move, string digest, string reason, string? page = null) => new(
        wrong, code, field, new(page ?? $"/deployments/{number}/decide", handler, ("PlanDigest", digest), ("Reason", reason)), Request.Post($"/deployments/{number}/{move}", new { planDigest = digest, reason }));

    private static Refusal Withdrawing(string wrong, string code, string? field, string number, string reason) =>
        new(wrong, code, field, new($"/deployments/{number}", "Withdraw", ("WithdrawalReason", reason)), Request.Post($"/deployments/{number}/approval-withdrawals", new { reason }));

    private static Refusal Passing(string wrong, string code, string? field, string number, int slot, string to, string reason = "I am at sea") => new(
        wrong, code, field, new($"/deployments/{number}/decide", "Delegate", ("Slot", $"{slot}"), ("To", to), ("DelegationReason", reason)), Request.Post($"/deployments/{number}/approvals/{slot}/delegation", new { to, reason }));

    private static Refusal Covering(string wrong, string code, string field, string deputy, DateOnly from, DateOnly until) => new(
        wrong, code, field, new("/account/cover", null, ("Input.Deputy", deputy), ("Input.From", $"{from:yyyy-MM-dd}"), ("Input.Until", $"{until:yyyy-MM-dd}")), Request.Post("/approval-covers", new { deputy, from, until }));

    private static Refusal EndingCover(string wrong, string code, string id) => new(wrong, code, null, new($"/account/cover?id={id}", "End"), new(HttpMethod.Delete, $"/approval-covers/{id}"));

    private static Refusal Judging(string wrong, string code, string? field, string number, string band, string reason) =>
        new(wrong, code, field, new($"/deployments/{number}/decide", "ChangeRisk", ("Band", band), ("RiskReason", reason)), Request.Post($"/deployments/{number}/risk-changes", new { band, reason }));

    private static Refusal Breaking(string wrong, string code, string? field, string number, string digest, string? confirmation = null, string reason = "Payments are down") => new(
        wrong, code, field, new($"/deployments/{number}/decide", "BreakGlass", ("PlanDigest", digest), ("Confirmation", confirmation ?? number), ("GlassReason", reason)),
        Request.Post($"/deployments/{number}/break-glass", new { planDigest = digest, confirmation = confirmation ?? number, reason }));

    private static Refusal Starting(string wrong, string code, string number) => new(wrong, code, null, new($"/deployments/{number}", "Start"), Request.Post($"/deployments/{number}/runs"));

    private async Task<string> PlannedAsync(TestPerson by, PlanInput plan)
    {
        var number = (await hub.As(by).Send(new CreateDeployment(plan))).Done();
        (await hub.As(by).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    /// <summary>So that one approval is enough.</summary>
    private async Task<string> SmallAsync(TestPerson by, PlanInput plan)
    {
        var number = await PlannedAsync(by, plan);
        (await hub.As(await ApproverAsync("Judge")).Send(new ChangeRisk(number, RiskBand.Low, "It is small"))).Done();
        return number;
    }

    private async Task<ShowDeployment.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private async Task<string> DigestAsync(string number) => (await ShownAsync(number)).PlanDigest.ToString();

    private Task<TestPerson> ApproverAsync(string name) => hub.NewPerson(name, [.. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);

    private Task<TestPerson> PlannerWhoApprovesAsync() =>
        hub.NewPerson("Planner", [new RoleGrant(Role.ReleaseManager), .. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
}
