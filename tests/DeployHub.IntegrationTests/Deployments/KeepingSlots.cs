using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Inbox;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>What time does to scheduled deployments (domain §2.4.1, rows 7 and 12).</summary>
public sealed class KeepingSlots(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string Steps = Estate.Script("Install", "echo done >> journal");

    [Fact]
    public async Task It_starts_by_itself_at_its_slot_and_its_planner_operates_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var number = await ScheduledAsync(estate, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1), StartMode.AtSlot);

        var ended = await UntilAsync(number, view => view.Status is DeploymentStatus.Completed, "it has run by itself");
        ended.Events.Count(happened => happened.Kind == "StartByItself").ShouldBe(1);
        ended.Runs.ShouldHaveSingleItem().Operator.ShouldBe((await hub.PersonFor(Role.ReleaseManager)).Name);
    }

    [Fact]
    public async Task It_starts_on_behalf_of_whom_the_plan_names_and_for_nobody_who_left()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var (paul, leaver) = (await hub.NewPerson("Paul", new RoleGrant(Role.DeploymentPractitioner)), await hub.NewPerson("Leaver", new RoleGrant(Role.ReleaseManager)));
        var at = hub.Clock.GetUtcNow();
        var plan = estate.Plan("1.0.0") with { SlotStart = at.AddMinutes(5), SlotEnd = at.AddHours(1), Start = StartMode.AtSlot };
        var named = await SubmittedAsync(hub.As(leaver), plan with { Targets = ["t-1"], People = new Dictionary<string, IReadOnlyList<string>> { ["operator"] = [paul.Email] } });
        var left = await SubmittedAsync(hub.As(leaver), plan with { Targets = ["t-2"] });
        var robots = await SubmittedAsync(hub.As(Role.CiSystem), plan with { Targets = ["t-2"] }); // its token was never issued here
        (await hub.As(Role.Administrator).Send(new DeactivatePerson(leaver.Email))).Done();

        hub.Clock.Advance(TimeSpan.FromMinutes(5));
        (await UntilAsync(named, view => view.Status is DeploymentStatus.Completed, "it has run by itself")).Runs.ShouldHaveSingleItem().Operator.ShouldBe("Paul");
        await UntilAsync(left, view => view.Events.Any(happened => happened.Kind == "HoldStart" && happened.Text.Contains("Leaver has left", StringComparison.Ordinal)), "it was held");
        await UntilAsync(robots, view => view.Events.Any(happened => happened.Kind == "HoldStart" && happened.Text.Contains("ci has no valid token", StringComparison.Ordinal)), "it was held");
    }

    [Fact]
    public async Task It_starts_on_behalf_of_a_program_that_still_has_its_token()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        using var program = await hub.ProgramFor();
        var at = hub.Clock.GetUtcNow();
        var plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@1.0.0" }, model = estate.Name, slotStart = at.AddSeconds(2), slotEnd = at.AddHours(1), start = "AtSlot" };
        var number = (await program.PostAsJsonAsync("/api/v1/deployments", new { plan }).Json()).GetProperty("key").GetString()!;
        (await hub.As(Role.CiSystem).Send(new SubmitDeployment(number))).Done();

        (await UntilAsync(number, view => view.Status is DeploymentStatus.Completed, "it has run by itself")).Runs.ShouldHaveSingleItem().Operator.ShouldStartWith("ci-");
    }

    [Fact]
    public async Task A_closed_gate_is_told_once_and_tried_again()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var first = await estate.PlanAsync();
        var number = await ScheduledAsync(estate, TimeSpan.Zero, TimeSpan.FromDays(1), StartMode.AtSlot, new PredecessorInput(first));
        await UntilAsync(number, view => view.Events.Any(happened => happened.Kind == "HoldStart"), "it was held");

        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(first))).Done(), Domain.Runs.RunStatus.Succeeded);
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        var ended = await UntilAsync(number, view => view.Status is DeploymentStatus.Completed, "it has run by itself");
        ended.Events.Count(happened => happened.Kind == "HoldStart" && happened.Text.Contains("comes before and is scheduled", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_slot_that_passed_is_told_and_another_one_helps()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var number = await ScheduledAsync(estate, TimeSpan.FromHours(-2), TimeSpan.FromHours(-1), StartMode.ByPeople);

        (await UntilAsync(number, view => view.IsMissed, "its slot is missed")).ExpiresAt.ShouldNotBeNull();
        (await hub.AsSystem.Send(new ListDeployments(Missed: true))).Rows.ShouldContain(row => row.Number == number && row.IsMissed);
        (await hub.As(Role.ReleaseManager).Send(new ListInbox())).Items.ShouldContain(item => item.Kind == InboxKind.MissedSlot && item.Subject == number);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read("/deployments?missed=true")).ShouldContain(number);
        (await browser.Read($"/deployments/{number}")).ShouldContain("The slot passed without a start");

        var at = hub.Clock.GetUtcNow();
        (await hub.As(Role.ReleaseManager).Send(new RescheduleDeployment(number, at.AddHours(1), at.AddHours(2), "Later today."))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().IsMissed.ShouldBeFalse();
    }

    [Fact]
    public async Task Fourteen_days_later_it_expires()
    {
        using var estate = await Estate.RegisterAsync(hub, Steps);
        var number = await ScheduledAsync(estate, TimeSpan.FromDays(-16), TimeSpan.FromDays(-15), StartMode.ByPeople);

        (await UntilAsync(number, view => view.Status is DeploymentStatus.Expired, "it expired")).Events.ShouldContain(happened => happened.Kind == "Expire");
    }

    [Fact]
    public async Task To_start_by_itself_it_needs_a_slot() =>
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(new PlanInput { Environment = "nowhere", Versions = ["web@1"], Model = "rolling", Start = StartMode.AtSlot })))
            .Refused("invalid").Fields.Keys.ShouldContain("Plan.SlotStart");

    private async Task<string> ScheduledAsync(Estate estate, TimeSpan from, TimeSpan until, StartMode start, params PredecessorInput[] after)
    {
        var at = hub.Clock.GetUtcNow();
        var plan = estate.Plan(after.Length == 0 ? "1.0.0" : "1.1.0") with { SlotStart = at + from, SlotEnd = at + until, Start = start, After = after };
        return await SubmittedAsync(hub.As(Role.ReleaseManager), plan);
    }

    private static async Task<string> SubmittedAsync(TestCaller by, PlanInput plan)
    {
        var number = (await by.Send(new CreateDeployment(plan))).Done();
        (await by.Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task<ShowDeployment.View> UntilAsync(string number, Func<ShowDeployment.View, bool> holds, string what)
    {
        ShowDeployment.View now = null!;
        await TestHub.Until(async () => holds(now = (await hub.AsSystem.Send(new ShowDeployment(number))).Done()), () => $"{what}; it is {now.Status}: {string.Join(' ', now.WaitingFor)}", 60);
        return now;
    }
}
