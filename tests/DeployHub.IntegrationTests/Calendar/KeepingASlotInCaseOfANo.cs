using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Conditions;
using DeployHub.Features.Deployments.Slots;
using DeployHub.Features.Inbox;
using DeployHub.Features.Insights;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Calendar;

/// <summary>What becomes of a deployment whose exception is refused, or about which nobody decides; and what is asked for with a yes (domain J1).</summary>
public sealed class KeepingASlotInCaseOfANo(TestHub hub) : IClassFixture<TestHub>
{
    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task It_counts_as_taken_until_the_answer_is_no_and_then_the_deployment_goes_there()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);
        var kept = new Slot(Tomorrow(18), Tomorrow(19));

        (await ShownAsync(exception)).Exception.Reserved.ShouldBe(kept);
        (await CheckedAsync(estate, null)).Free[0].Start.ShouldBe(kept.End);
        (await CheckedAsync(estate, number)).Free[0].Start.ShouldBe(kept.Start, "it is kept for this one");
        (await CalendarAsync(estate)).ShouldContain(row => row.Number == number && row.Reserved == exception && row.Start == kept.Start);

        (await hub.As(Role.Approver).Send(new RefuseFreezeException(exception, "The evening will do"))).Done();
        var moved = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        (moved.Slot, moved.Status).ShouldBe((kept, DeploymentStatus.Scheduled));
        moved.Events.Select(happened => happened.Kind).Take(2).ShouldBe(["TakeReserved", "RefuseException"]);
        (await CalendarAsync(estate)).ShouldAllBe(row => row.Reserved == null);
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task Silence_until_the_slot_begins_is_a_no()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);

        (await ExpireAsync(exception, Tomorrow(9).AddSeconds(-1))).ShouldBeFalse();
        (await ExpireAsync(exception, Tomorrow(9))).ShouldBeTrue();
        (await ShownAsync(exception)).Exception.Status.ShouldBe(FreezeExceptionStatus.Expired);
        var moved = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        moved.Slot.ShouldBe(new Slot(Tomorrow(18), Tomorrow(19)));
        moved.Events.Select(happened => happened.Kind).Take(2).ShouldBe(["TakeReserved", "ExpireException"]);
    }

    [Fact]
    public async Task In_another_slot_of_the_freeze_silence_until_that_one_begins_is_a_no()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new RescheduleDeployment(number, Tomorrow(11), Tomorrow(12), "The team is there later"))).Done();

        (await ShownAsync(exception)).Exception.ShouldSatisfyAllConditions(
            asked => asked.Status.ShouldBe(FreezeExceptionStatus.Requested), asked => asked.DecideBy.ShouldBe(Tomorrow(11)));
        (await ExpireAsync(exception, Tomorrow(11).AddSeconds(-1))).ShouldBeFalse();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot.ShouldBe(new Slot(Tomorrow(11), Tomorrow(12)));
        (await ExpireAsync(exception, Tomorrow(11))).ShouldBeTrue();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot.ShouldBe(new Slot(Tomorrow(18), Tomorrow(19)));
    }

    [Fact]
    public async Task On_demand_nothing_is_kept_and_silence_lasts_until_the_freeze_is_over()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (begins, ends) = (Now.AddHours(-1).UtcDateTime.Date.AddHours(Now.AddHours(-1).Hour), Tomorrow(7));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        var freeze = (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
            "Closing", "The books are closed", new ScopeInput { Environment = estate.Name }, new RecurrenceInput { Start = DateTime.SpecifyKind(begins, DateTimeKind.Unspecified), End = ends.DateTime, Zone = "UTC" }))).Done();
        var exception = (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, freeze, "The file is due", "A fine", "Paul until 20:00", 6, Now.AddMinutes(30)))).Done();

        (await ShownAsync(exception)).Exception.Reserved.ShouldBeNull();
        (await ExpireAsync(exception, ends.AddSeconds(-1))).ShouldBeFalse();
        (await ExpireAsync(exception, ends)).ShouldBeTrue();
        (await ShownAsync(exception)).Exception.Status.ShouldBe(FreezeExceptionStatus.Expired);
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot.ShouldBeNull();
    }

    [Fact]
    public async Task The_calendar_asks_for_a_time_that_suits_every_service()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        using var other = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
            "Stock-taking", "The stock is counted", new ScopeInput { Service = other.Name }, new RecurrenceInput { Start = Tomorrow(9).DateTime, End = Tomorrow(12).DateTime, Zone = "UTC" }))).Done();

        var alone = (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: Tomorrow(9), End: Tomorrow(10)))).Done();
        var together = (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: Tomorrow(9), End: Tomorrow(10), OtherServices: [other.Name]))).Done();
        (alone.IsFree, together.IsFree).ShouldBe((true, false));
        together.Free[0].Start.ShouldBe(Tomorrow(12));
    }

    [Fact]
    public async Task A_grant_lets_it_go_and_its_condition_is_a_task_without_which_nothing_starts()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);

        (await hub.As(Role.Approver).Send(new GrantFreezeException(exception, Tomorrow(12), ConditionBeforeStart: true))).Refused("invalid");
        (await hub.As(Role.Approver).Send(new GrantFreezeException(exception, Tomorrow(12), "The backup is fresh", ConditionDue: Tomorrow(9), ConditionBeforeStart: true))).Done();
        (await ShownAsync(exception)).Exception.Reserved.ShouldBeNull();
        (await CheckedAsync(estate, null)).Free[0].Start.ShouldBe(Tomorrow(18));

        var shown = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        shown.Gates.ShouldContain(gate => gate.Kind == GateKind.Conditions && !gate.IsOpen);
        (await hub.As(Role.ReleaseManager).Send(new ListInbox())).Items.ShouldContain(item => item.Kind == InboxKind.Condition && item.Subject == number);

        (await hub.As(Role.ReleaseManager).Send(new MeetCondition(number, "EXC-1999-000001", "Yes"))).Refused("condition.not-found");
        (await hub.As(Role.ReleaseManager).Send(new MeetCondition(number, exception, ""))).Refused("invalid");
        (await hub.As(Role.Auditor).Send(new MeetCondition(number, exception, "Yes"))).Error.ShouldNotBeNull();
        (await hub.As(Role.ReleaseManager).Send(new MeetCondition(number, exception, "Taken at eight"))).Done();
        var condition = (await hub.AsSystem.Send(new ListConditions(number))).Done().Conditions.Single();
        (condition.Key, condition.Met!.Note).ShouldBe((exception, "Taken at eight"));
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Gates.ShouldContain(gate => gate.Kind == GateKind.Conditions && gate.IsOpen);
    }

    [Fact]
    public async Task Of_several_who_ask_at_once_none_has_the_slot_of_another()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (waiting, freeze) = (new List<string>(), await FrozenAsync(estate));
        for (var i = 0; i < 5; i++) waiting.Add((await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = Tomorrow(9), SlotEnd = Tomorrow(10) }))).Done());

        var asked = await Task.WhenAll(waiting.Select(number => Task.Run(async () => (await hub.As(Role.ReleaseManager).Send(Asking(number, freeze))).Done())));

        var kept = new List<DateTimeOffset>();
        foreach (var exception in asked) kept.Add((await ShownAsync(exception)).Exception.Reserved!.Start);
        kept.Order().ShouldBe(Enumerable.Range(18, 5).Select(Tomorrow));
    }

    [Fact]
    public async Task A_slot_that_another_took_meanwhile_is_lost_and_told()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);
        var other = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.1.0") with { SlotStart = Tomorrow(18), SlotEnd = Tomorrow(19) }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(other))).Done();

        (await hub.As(Role.Approver).Send(new RefuseFreezeException(exception, "The evening will do"))).Done();
        var stays = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        stays.Slot.ShouldBe(new Slot(Tomorrow(9), Tomorrow(10)));
        stays.Events.First(happened => happened.Kind == "LoseReserved").Text.ShouldContain("Another deployment has the same components then.");
    }

    [Fact]
    public async Task What_expires_gives_it_back_at_once()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (number, exception) = await AskedAsync(estate);
        (await CheckedAsync(estate, null)).Free[0].Start.ShouldBe(Tomorrow(19));

        var expired = await hub.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var id = (await db.Deployments.AsNoTracking().SingleAsync(known => known.Number == number)).Id;
            await db.KeepSlotAsync(id, Tomorrow(10).AddDays(15), CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        });

        expired.ShouldBeTrue();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Status.ShouldBe(DeploymentStatus.Expired);
        (await ShownAsync(exception)).Exception.Status.ShouldBe(FreezeExceptionStatus.Void);
        (await CheckedAsync(estate, null)).Free[0].Start.ShouldBe(Tomorrow(18));
    }

    [Fact]
    public async Task Times_that_others_hold_are_free_for_nobody_who_needs_the_same_components()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var component = TestHub.Unique("beside");
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(estate.Name, component, component, ComponentKind.Software))).Done();
        var number = await PlannedAsync(estate, Tomorrow(9), Tomorrow(11));

        (await FreeAsync(estate)).ShouldBe(Tomorrow(11), "any component of the service may be meant");
        (await FreeAsync(estate, estate.Name)).ShouldBe(Tomorrow(11));
        (await FreeAsync(estate, component)).ShouldBe(Tomorrow(9));
        var own = (await hub.AsSystem.Send(new CheckSlot(estate.Name, Start: Tomorrow(9), End: Tomorrow(10), Deployment: number))).Done();
        own.Free[0].Start.ShouldBe(Tomorrow(9), "it is its own");

        hub.Clock.Advance(Tomorrow(9).AddMinutes(1) - Now);
        var second = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.1.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(second))).Done();
        var row = (await hub.AsSystem.Send(new ShowBacklog(estate.Name))).Rows.Single(row => row.Number == second);
        row.NextFree!.Start.ShouldBe((await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot!.End);
    }

    private async Task<DateTimeOffset> FreeAsync(Estate estate, params string[] components) =>
        (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: Tomorrow(9), End: Tomorrow(10), Components: components))).Done().Free[0].Start;

    /// <summary>A slot at nine within a freeze from eight to six in the evening, and an exception that is asked for.</summary>
    private async Task<(string Deployment, string Exception)> AskedAsync(Estate estate)
    {
        var number = await PlannedAsync(estate, Tomorrow(9), Tomorrow(10));
        return (number, (await hub.As(Role.ReleaseManager).Send(Asking(number, await FrozenAsync(estate)))).Done());
    }

    private async Task<string> PlannedAsync(Estate estate, DateTimeOffset start, DateTimeOffset end)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = end }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        return number;
    }

    private async Task<string> FrozenAsync(Estate estate) => (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
        "Closing", "The books are closed", new ScopeInput { Environment = estate.Name }, new RecurrenceInput { Start = Tomorrow(8).DateTime, End = Tomorrow(18).DateTime, Zone = "UTC" }))).Done();

    private RequestFreezeException Asking(string number, string freeze) => new(number, freeze, "The file is due", "A fine", "Paul until 20:00", 6, Tomorrow(12));

    private DateTimeOffset Tomorrow(int hour) => new(Now.UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private async Task<ShowFreezeException.View> ShownAsync(string exception) => (await hub.AsSystem.Send(new ShowFreezeException(exception))).Done();

    private async Task<CheckSlot.View> CheckedAsync(Estate estate, string? deployment) =>
        (await hub.AsSystem.Send(new CheckSlot(estate.Name, estate.Name, Start: Tomorrow(9), End: Tomorrow(10), Deployment: deployment))).Done();

    private async Task<IReadOnlyList<ShowCalendar.SlotRow>> CalendarAsync(Estate estate) =>
        (await hub.AsSystem.Send(new ShowCalendar(Tomorrow(0), Tomorrow(0).AddDays(2), Environment: estate.Name))).Done().Slots;

    private Task<bool> ExpireAsync(string exception, DateTimeOffset at) => hub.Database(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var isExpired = await db.ExpireExceptionAsync(exception, at, CancellationToken.None) && await db.SaveChangesAsync() > 0;
        await transaction.CommitAsync();
        return isExpired;
    });
}
