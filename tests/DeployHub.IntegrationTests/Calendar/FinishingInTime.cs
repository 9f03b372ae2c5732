using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Calendar;

/// <summary>What will not be over before a freeze says so, who is told of an exception that is void, and exceptions that become a habit (domain J1).</summary>
public sealed class FinishingInTime(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task What_waits_for_a_lock_until_the_freeze_says_so_and_may_be_excepted()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var number = await PlannedAsync(estate);
        var freeze = await FrozenAsync(estate.Name, 15, 20);
        (await CalendarAsync(number)).ShouldSatisfyAllConditions(calendar => calendar.Late.ShouldBeNull(), calendar => calendar.Warning.ShouldBeNull());

        var holder = await HoldAsync(estate, until: Tomorrow(15).AddMinutes(10));
        var late = await CalendarAsync(number);
        (late.Late!.Freeze, late.Late.Name, late.Late.At, late.Late.WaitsFor).ShouldBe((freeze, "Closing", Tomorrow(15), new AwaitedLock(estate.Name, holder, Tomorrow(15).AddMinutes(10))));
        late.Warning.ShouldBe(late.Late.Sentence);
        late.Freezes.Single().Number.ShouldBe(freeze);
        (late.Free[0].Start, late.Free[0].End).ShouldBe((Tomorrow(20), Tomorrow(21)));

        var exception = await AskedAsync(number, freeze);
        (await CalendarAsync(number)).ShouldSatisfyAllConditions(calendar => calendar.Late.ShouldBeNull("it is asked for"), calendar => calendar.Freezes.ShouldBeEmpty());
        (await hub.As(Role.Approver).Send(new RefuseFreezeException(exception, "The evening will do"))).Done();
        (await CalendarAsync(number)).Late.ShouldBeNull("it went to the evening");
    }

    [Fact]
    public async Task Whoever_decided_about_an_exception_is_told_why_it_is_void()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var (olga, elsewhere) = (await hub.NewPerson("Olga", OwnerOf(estate.Name)), await hub.NewPerson("Elsewhere", OwnerOf("another")));
        var number = await PlannedAsync(estate);
        var exception = await AskedAsync(number, await FrozenAsync(estate.Name, 13, 20));
        (await hub.As(olga).Send(new GrantFreezeException(exception, Tomorrow(16)))).Done();
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0") with { SlotStart = Tomorrow(13), SlotEnd = Tomorrow(14) }, "Another version"))).Done();
        await hub.PassOnAsync();

        var told = (await hub.As(olga).Send(new ListNotices(Limit: 200))).Rows.Single(notice => notice.Type == "exception.voided");
        told.Sentence.ShouldStartWith($"Exception {exception} is void: ");
        told.Sentence.ShouldContain("edited the plan to");
        (await hub.As(elsewhere).Send(new ListNotices(Limit: 200))).Rows.ShouldNotContain(notice => notice.Type == "exception.voided");
    }

    [Fact]
    public async Task The_third_in_ninety_days_is_a_habit_of_every_service_that_a_plan_moves()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var second = await SecondServiceAsync(estate);
        var freeze = await FrozenAsync(estate.Name, 8, 20);
        string[] both = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"], one = [$"{second}@1.0.0"];
        await GrantedAsync(one, 9);
        await GrantedAsync(both, 10);
        var third = await GrantedAsync(both, 11);
        (await HabitsAsync(third)).ShouldHaveSingleItem().ShouldStartWith($"The 3rd exception from a freeze in 90 days for {second}");
        var fourth = await GrantedAsync(both, 12);

        (await HabitsAsync(fourth)).ShouldBe([new ExceptionHabit(estate.Name, 3).Sentence, new ExceptionHabit(second, 4).Sentence]);
        var deployment = (await hub.AsSystem.Send(new ShowFreezeException(fourth))).Done().Exception.Deployment;
        (await hub.AsSystem.Send(new ShowDeployment(deployment))).Done().Events.Count(happened => happened.Kind == "NoticeHabit").ShouldBe(2);

        async Task<string> GrantedAsync(string[] versions, int hour)
        {
            var plan = estate.Plan("1.0.0") with { Versions = versions, SlotStart = Tomorrow(hour), SlotEnd = Tomorrow(hour).AddMinutes(30) };
            var exception = await AskedAsync((await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Done(), freeze);
            (await hub.As(Role.Approver).Send(new GrantFreezeException(exception, Tomorrow(16)))).Done();
            return exception;
        }
    }

    private static RoleGrant OwnerOf(string environment) => new(Role.Approver, ApproverQuality.EnvironmentOwner, Environment: environment);

    private DateTimeOffset Tomorrow(int hour) => new(hub.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private async Task<ShowDeploymentCalendar.View> CalendarAsync(string number) => (await hub.AsSystem.Send(new ShowDeploymentCalendar(number))).Done();

    private async Task<IReadOnlyList<string>> HabitsAsync(string exception) => (await hub.AsSystem.Send(new ShowFreezeException(exception))).Done().Habits;

    /// <summary>From one in the afternoon to two.</summary>
    private async Task<string> PlannedAsync(Estate estate)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = Tomorrow(13), SlotEnd = Tomorrow(14) }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        return number;
    }

    private async Task<string> FrozenAsync(string environment, int from, int to) => (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
        "Closing", "The books are closed", new ScopeInput { Environment = environment }, new RecurrenceInput { Start = Tomorrow(from).DateTime, End = Tomorrow(to).DateTime, Zone = "UTC" }))).Done();

    private async Task<string> AskedAsync(string number, string freeze) =>
        (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, freeze, "The file is due", "A fine", "Paul until 20:00", 6, Tomorrow(18)))).Done();

    /// <summary>A run of another deployment has the lock; its slot ends then. Answers its name.</summary>
    private async Task<string> HoldAsync(Estate estate, DateTimeOffset until)
    {
        var number = await estate.PlanAsync("1.1.0");
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await hub.Database(db => db.Database.ExecuteSqlAsync(
            $"""
            with holder as (select run.id, run.name, run.deployment_id from runs run where run.name = {run}),
            slot as (update deployments set slot_start = {until.AddDays(-2)}, slot_end = {until} from holder where deployments.id = holder.deployment_id)
            insert into environment_locks (environment_id, component_id, run_id, holder, since)
            select environment.id, component.id, holder.id, holder.name, {until.AddDays(-2)} from holder, environments environment, components component
            where environment.key = {estate.Name} and component.key = {estate.Name}
            """));
        return run;
    }

    private async Task<string> SecondServiceAsync(Estate estate)
    {
        var key = TestHub.Unique("second");
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(key, key, TestHub.Owner))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(key, key, key, ComponentKind.Software))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            key, "1.0.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())]))).Done();
        return key;
    }
}
