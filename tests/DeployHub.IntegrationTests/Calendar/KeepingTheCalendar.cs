using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Conditions;
using DeployHub.Features.Inbox;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Calendar;

/// <summary>Windows, freezes and exceptions through the mediator, pages and API (domain §2.2.3, §2.3.1, J1).</summary>
public sealed class KeepingTheCalendar(TestHub hub) : IClassFixture<TestHub>
{
    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task Production_is_closed_until_a_window_exists_and_says_which_slots_are_free()
    {
        var (estate, start) = (await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true), Tomorrow(9));
        var window = (await hub.AsSystem.Send(new ListWindows(estate.Name))).Rows.Single(row => row.Scope.Environment == estate.Name);
        (await hub.As(Role.DeploymentManager).Send(new EndWindow(window.Number, "It is replaced."))).Done();
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }))).Done();

        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("WindowClosed").Message.ShouldContain($"ask {TestHub.Owner}, who owns the environment");
        (await hub.As(Role.DeploymentManager).Send(Daily(estate.Name, 13, 15))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("WindowClosed").Message.ShouldContain($"Free next: {Tomorrow(13):ddd yyyy-MM-dd HH:mm}");
        var check = (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: start, End: start.AddHours(1)))).Done();
        (check.IsFree, check.Free[0].Start).ShouldBe((false, Tomorrow(13)));

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0") with { SlotStart = Tomorrow(13), SlotEnd = Tomorrow(14) }, "Moved"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RescheduleDeployment(number, start, start.AddHours(1), "Earlier"))).Refused("WindowClosed");
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }, "Moved back"))).Refused("WindowClosed");
        estate.Dispose();
    }

    [Fact]
    public async Task A_freeze_refuses_everybody_at_the_page_as_at_the_API_until_an_exception_is_granted_for_exactly_that_plan()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 2, isLive: true);
        var number = await ApprovedAsync(estate, null);
        var freeze = await FreezeAsync(estate.Name, Now.AddHours(-1), Now.AddHours(8));

        foreach (var role in (Role[])[Role.DeploymentPractitioner, Role.DeploymentManager, Role.ReleaseManager])
            (await hub.As(role).Send(new StartRun(number))).Refused("FreezeActive").Message.ShouldContain("Frozen by “Closing”");
        using (var program = await hub.BrowserFor(Role.DeploymentManager))
        {
            var page = await (await program.Submit($"/deployments/{number}", "Start")).Content.ReadAsStringAsync();
            WebUtility.HtmlDecode(page).ShouldContain("Frozen by “Closing”");
            await (await program.ForApiAsync()).PostAsync($"/api/v1/deployments/{number}/runs", null).Problem(HttpStatusCode.Conflict, "FreezeActive");
        }

        (await hub.As(Role.ReleaseManager).Send(Request(number, freeze) with { Until = Now.AddHours(9) })).Refused("freeze-exception.until-after-freeze");
        (await hub.As(Role.ReleaseManager).Send(Request(number, "FRZ-1999-000001"))).Refused("freeze-exception.freeze-unknown");
        var exception = (await hub.As(Role.ReleaseManager).Send(Request(number, freeze))).Done();
        (await hub.As(Role.ReleaseManager).Send(Request(number, freeze))).Refused("freeze-exception.one-at-a-time");
        (await hub.As(Role.DeploymentManager).Send(new GrantFreezeException(exception, Now.AddHours(2)))).Refused("freeze-exception.not-the-approver");
        (await hub.As(Role.Approver).Send(new ListInbox())).Items.ShouldContain(item => item.Kind == InboxKind.FreezeException && item.Subject == exception);

        using (var approver = await hub.BrowserFor(Role.Approver))
        {
            (await approver.Read($"/calendar/exceptions/{exception}")).ShouldContain("Your decision");
            using var granted = await approver.Submit(
                $"/calendar/exceptions/{exception}", "Grant", ("Until", $"{Now.AddHours(2):yyyy-MM-ddTHH:mm}"), ("Condition", "Paul stays online"));
            granted.StatusCode.ShouldBe(HttpStatusCode.Redirect, await granted.Content.ReadAsStringAsync());
        }

        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        var shown = (await hub.AsSystem.Send(new ShowFreezeException(exception))).Done();
        (shown.Exception.Status, shown.UsedByRun, shown.Exception.OwesCondition).ShouldBe((FreezeExceptionStatus.Used, $"{number}/R1", true));
        (await hub.As(Role.DeploymentPractitioner).Send(new MeetCondition(number, exception, "He is"))).Done();
        var kinds = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Events.Select(happened => happened.Kind).ToList();
        kinds.Take(6).ShouldBe(["MeetCondition", "UseException", "StartRun", "PassGates", "GrantException", "RequestException"]);
    }

    [Fact]
    public async Task An_edit_voids_an_exception_and_time_ends_one()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 2, isLive: true);
        var number = await ApprovedAsync(estate, null);
        var freeze = await FreezeAsync(estate.Name, Now.AddHours(-1), Now.AddHours(8));
        var first = (await hub.As(Role.ReleaseManager).Send(Request(number, freeze))).Done();
        (await hub.As(Role.Approver).Send(new GrantFreezeException(first, Now.AddHours(1)))).Done();

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Another version"))).Done();
        (await StatusAsync(first)).ShouldBe(FreezeExceptionStatus.Void);

        var second = (await hub.As(Role.ReleaseManager).Send(Request(number, freeze))).Done();
        (await hub.As(Role.Approver).Send(new GrantFreezeException(second, Now.AddHours(1)))).Done();
        (await hub.Database(async db => await db.ExpireExceptionAsync(second, Now.AddHours(2), CancellationToken.None) && await db.SaveChangesAsync() > 0)).ShouldBeTrue();
        (await StatusAsync(second)).ShouldBe(FreezeExceptionStatus.Expired);
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Events[0].Kind.ShouldBe("ExpireException");
    }

    [Fact]
    public async Task An_exception_is_void_once_its_draft_is_another_plan_or_lies_at_another_time_or_is_cancelled()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var freeze = await FreezeAsync(estate.Name, Tomorrow(8), Tomorrow(18));
        PlanInput At(string version, int hour) => estate.Plan(version) with { SlotStart = Tomorrow(hour), SlotEnd = Tomorrow(hour + 1) };
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(At("1.0.0", 9)))).Done();
        async Task<string> AskedAsync() => (await hub.As(Role.ReleaseManager).Send(Request(number, freeze) with { Until = Tomorrow(12) })).Done();

        var first = await AskedAsync();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, At("1.1.0", 9), "Another version"))).Done();
        (await StatusAsync(first)).ShouldBe(FreezeExceptionStatus.Void);
        var second = await AskedAsync();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, At("1.1.0", 20), "Another time"))).Done();
        (await StatusAsync(second)).ShouldBe(FreezeExceptionStatus.Void);
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, At("1.1.0", 10), "Within it again"))).Done();
        var third = await AskedAsync();
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(number, "Not needed"))).Done();
        (await StatusAsync(third)).ShouldBe(FreezeExceptionStatus.Void);
    }

    [Fact]
    public async Task No_time_beyond_the_horizon_is_planned_or_looked_at()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (never, far) = (new DateTimeOffset(9999, 12, 30, 0, 0, 0, TimeSpan.Zero), Now.AddYears(6));
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = never, SlotEnd = never.AddHours(1) }))).Refused("invalid");
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = far, SlotEnd = far.AddHours(1) }))).Done();

        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("slot.too-far");
        (await hub.As(Role.ReleaseManager).Send(new RescheduleDeployment(number, DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddHours(1), "Long ago"))).Refused("invalid");
        (await hub.AsSystem.Send(new ShowCalendar(never, never.AddHours(1)))).Refused("invalid");
        (await hub.AsSystem.Send(new CheckSlot(estate.Name, Start: never))).Refused("slot.too-far");
        (await hub.AsSystem.Send(new CheckSlot(estate.Name, Targets: ["nowhere"]))).Refused("slot.target-unknown");
    }

    [Fact]
    public async Task A_freeze_over_what_is_scheduled_holds_it_and_cancels_nothing()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var number = await ApprovedAsync(estate, new Slot(Tomorrow(9), Tomorrow(10)));
        var other = await ApprovedAsync(estate, new Slot(Tomorrow(20), Tomorrow(21)));
        await FreezeAsync(estate.Name, Tomorrow(8), Tomorrow(12));

        var held = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        (held.Status, held.Events[0].Kind).ShouldBe((DeploymentStatus.Scheduled, "HoldByFreeze"));
        (await hub.AsSystem.Send(new ShowDeployment(other))).Done().Events.ShouldNotContain(happened => happened.Kind == "HoldByFreeze");
        (await hub.AsSystem.Send(new ShowDeploymentCalendar(number))).Done().Warning.ShouldNotBeNull().ShouldContain("Frozen by “Closing”");
    }

    [Fact]
    public async Task Who_may_say_what_of_the_calendar_is_who_owns_it()
    {
        var key = TestHub.Unique("env");
        (await hub.As(Role.DeploymentManager).Send(new RegisterEnvironment(key, key, Tier.Production, TestHub.Owner, true))).Done();
        var owner = await hub.NewPerson("Olga", new RoleGrant(Role.Approver, ApproverQuality.EnvironmentOwner, null, key));

        (await hub.As(Role.DeploymentPractitioner).Send(Daily(key, 9, 10))).Refused("access.not-permitted");
        (await hub.As(owner).Send(Daily(key, 9, 10))).Done();
        (await hub.As(owner).Send(Daily(key, 9, 10) with { Scope = new ScopeInput() })).Refused("access.not-permitted");
        (await hub.As(await hub.NewPerson("Peer", new RoleGrant(Role.Approver, ApproverQuality.Peer))).Send(Daily(key, 9, 10))).Refused("calendar.not-the-owner");
        var freeze = await FreezeAsync(key, Tomorrow(8), Tomorrow(12), Role.DeploymentManager);
        (await hub.As(owner).Send(new LiftFreeze(freeze, "Mine"))).Refused("freeze.not-yours");
        (await hub.As(Role.DeploymentManager).Send(new LiftFreeze(freeze, "Over"))).Done();
        (await hub.As(Role.DeploymentManager).Send(new LiftFreeze(freeze, "Again"))).Refused("freeze.cannot-move");
    }

    [Theory]
    [InlineData("FREQ=HOURLY", "recurrence.finer-than-a-day", "FREQ=HOURLY would open and close many times a day")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "recurrence.never-occurs", "it never happens")]
    [InlineData("FREQ=SOMETIMES", "recurrence.rule-malformed", "The rule cannot be read")]
    public async Task A_bad_rule_is_refused_in_the_same_words_at_both_doors_and_nothing_typed_is_lost(string rule, string code, string words)
    {
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var refused = await browser.Submit(
            "/calendar/windows/new", "Define", ("Input.Name", "Kept name"), ("Input.Reason", "Kept"), ("Input.Owner", "Dora"), ("Input.When.Start", "2026-12-07T09:00"), ("Input.When.End", "2026-12-07T10:00"),
            ("Input.When.Zone", "Europe/Stockholm"), ("Input.When.Repeats", "ByRule"), ("Input.When.Rule", rule));
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        page.ShouldContain(words);
        page.ShouldContain("Kept name");
        page.ShouldContain(rule);

        var body = new { name = "N", reason = "R", owner = "O", scope = new { }, when = new { start = "2026-12-07T09:00", end = "2026-12-07T10:00", zone = "Europe/Stockholm", rule } };
        var problem = await (await browser.ForApiAsync()).PostAsJsonAsync("/api/v1/windows", body).Problem(HttpStatusCode.BadRequest, code);
        problem.GetRawText().ShouldContain("hen.rule", Case.Insensitive);
    }

    [Fact]
    public async Task A_window_is_changed_once_by_two_people_at_once_and_stays_after_it_is_ended()
    {
        var number = (await hub.As(Role.DeploymentManager).Send(Daily(null, 1, 2))).Done();
        var seen = (await hub.AsSystem.Send(new ShowWindow(number))).Done().RowVersion;
        var change = new ChangeWindow(number, "Nights", "Nobody works", "Dora", Daily(null, 2, 4).When, seen);
        (await hub.As(Role.DeploymentManager).Send(change)).Done();
        (await hub.As(Role.DeploymentManager).Send(change)).Refused("changed-meanwhile");
        (await hub.As(Role.DeploymentManager).Send(new EndWindow(number, "Over"))).Done();

        var view = (await hub.AsSystem.Send(new ShowWindow(number))).Done();
        (view.Window.IsOver, view.Times.Count, view.History.Count).ShouldBe((true, 0, 3));
        (await hub.AsSystem.Send(new ListWindows(All: true))).Rows.ShouldContain(row => row.Number == number);
        (await hub.Database(db => db.Windows.CountAsync(window => window.Number == number))).ShouldBe(1);
    }

    private DateTimeOffset Tomorrow(int hour) => new(Now.UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private static DefineWindow Daily(string? environment, int from, int to) => new(
        "Hours", "The team is at work", "Dora", new ScopeInput { Environment = environment },
        new RecurrenceInput { Start = new DateTime(2026, 1, 1, from, 0, 0), End = new DateTime(2026, 1, 1, to, 0, 0), Zone = "UTC", Rule = "FREQ=DAILY" });

    private async Task<string> FreezeAsync(string environment, DateTimeOffset from, DateTimeOffset to, Role by = Role.DeploymentManager) => (await hub.As(by).Send(new DeclareFreeze(
        "Closing", "The books are closed", new ScopeInput { Environment = environment }, new RecurrenceInput { Start = from.DateTime, End = to.DateTime, Zone = "UTC" }))).Done();

    private RequestFreezeException Request(string deployment, string freeze) => new(deployment, freeze, "The file is due", "A fine", "Paul until 20:00", 6, Now.AddHours(3));

    private async Task<FreezeExceptionStatus> StatusAsync(string exception) => (await hub.AsSystem.Send(new ShowFreezeException(exception))).Done().Exception.Status;

    private async Task<string> ApprovedAsync(Estate estate, Slot? slot)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = slot?.Start, SlotEnd = slot?.End }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        return number;
    }
}
