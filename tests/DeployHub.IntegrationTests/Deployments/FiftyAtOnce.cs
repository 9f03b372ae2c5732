using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>Fifty people who decide and reschedule at once by the API: nothing is lost, nobody decides twice, no slot lies outside its window.</summary>
[TakesLong(40)]
public sealed class FiftyAtOnce(TestHub hub) : IClassFixture<TestHub>
{
    private const int People = 50, Acts = 8, Plans = 6, Needed = 5;

    /// <summary>The window is open from 8 to 16; every third of these lies outside.</summary>
    private static readonly int[] Hours = [8, 15, 3, 9, 12, 20, 10, 14, 16];

    [Fact]
    public async Task They_leave_no_lost_update_no_double_approval_and_no_slot_outside_its_window()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        await GovernAsync(estate);
        var plans = new List<string>();
        for (var i = 0; i < Plans; i++) plans.Add(await PlanAsync(estate, i));
        var people = new List<HttpClient>();
        for (var i = 0; i < People; i++) people.Add(await PersonAsync(i % 2 == 0 ? Role.Approver : Role.ReleaseManager));

        var answers = (await Task.WhenAll(people.Select((person, place) => Task.Run(() => ActAsync(person, place, plans))))).SelectMany(some => some).ToList();

        answers.Where(answer => !answer.IsDone).Select(answer => answer.Code).Distinct().ShouldBeSubsetOf(
            ["changed-meanwhile", "WindowClosed", "deployment.already-approved", "deployment.nothing-to-approve"]);
        answers.Count(answer => answer is { IsApproval: false, IsDone: true }).ShouldBeGreaterThan(0);
        foreach (var plan in plans) await ShouldBeWholeAsync(plan, [.. answers.Where(answer => answer.Plan == plan && answer.IsDone)]);
    }

    private static DateTimeOffset Day => new(DateTime.UtcNow.Date.AddDays(3), TimeSpan.Zero);

    private async Task GovernAsync(Estate estate)
    {
        var manager = hub.As(Role.DeploymentManager);
        (await manager.Send(new SetEnvironmentPolicy(estate.Name, Needed, 5))).Done();
        (await manager.Send(new DefineWindow(
            "Day", "People are at work", "Test", new ScopeInput { Environment = estate.Name },
            new RecurrenceInput { Start = new DateTime(2020, 1, 1, 8, 0, 0), End = new DateTime(2020, 1, 1, 16, 0, 0), Zone = "UTC", Rule = "FREQ=DAILY" }))).Done();
    }

    private async Task<string> PlanAsync(Estate estate, int day)
    {
        var start = Day.AddDays(day).AddHours(9);
        var number = (await hub.As(Role.DeploymentManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddMinutes(30) }))).Done();
        (await hub.As(Role.DeploymentManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task<HttpClient> PersonAsync(Role role) => await (await hub.BrowserFor(await hub.NewPerson(role.ToString(), new RoleGrant(role)))).ForApiAsync();

    private static async Task<IReadOnlyList<Answer>> ActAsync(HttpClient person, int place, List<string> plans)
    {
        List<Answer> answers = [];
        for (var act = 0; act < Acts; act++)
        {
            var plan = plans[(place + act) % plans.Count];
            answers.Add(place % 2 == 0 ? await ApproveAsync(person, plan) : await RescheduleAsync(person, plan, Day.AddDays(act).AddHours(Hours[(place + act) % Hours.Length])));
        }

        return answers;
    }

    private static async Task<Answer> ApproveAsync(HttpClient person, string plan)
    {
        var digest = (await person.GetAsync($"/api/v1/deployments/{plan}").Json()).GetProperty("planDigest").GetString();
        return await AnswerAsync(plan, true, null, await person.PostAsJsonAsync($"/api/v1/deployments/{plan}/approvals", new { planDigest = digest }));
    }

    private static async Task<Answer> RescheduleAsync(HttpClient person, string plan, DateTimeOffset start) =>
        await AnswerAsync(plan, false, start, await person.PutAsJsonAsync($"/api/v1/deployments/{plan}/slot", new { slotStart = start, slotEnd = start.AddMinutes(30), reason = "It suits better." }));

    private static async Task<Answer> AnswerAsync(string plan, bool isApproval, DateTimeOffset? start, HttpResponseMessage answer)
    {
        using (answer)
        {
            ((int)answer.StatusCode).ShouldBeLessThan(500, Expect.FaultOf(answer));
            return new Answer(plan, isApproval, start, answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString());
        }
    }

    private async Task ShouldBeWholeAsync(string plan, List<Answer> done)
    {
        var shown = (await hub.AsSystem.Send(new ShowDeployment(plan))).Done();
        var approved = shown.Approvals.Where(approval => approval.Status is ApprovalStatus.Approved).ToList();
        approved.Count.ShouldBe(Math.Min(Needed, done.Count(answer => answer.IsApproval)));
        approved.Select(approval => approval.DecidedBy!.Id).ShouldBeUnique();
        shown.Status.ShouldBe(approved.Count == Needed ? DeploymentStatus.Scheduled : DeploymentStatus.InReview);

        var events = await hub.Database(db => db.DeploymentEvents.Where(happened => happened.DeploymentId == db.Deployments.Single(known => known.Number == plan).Id).OrderBy(happened => happened.Number).Select(happened => new { happened.Number, happened.Kind }).ToListAsync());
        events.Select(happened => happened.Number).ShouldBe(Enumerable.Range(1, events.Count), "every change has its place");
        events.Count(happened => happened.Kind == "Approve").ShouldBe(done.Count(answer => answer.IsApproval));
        events.Count(happened => happened.Kind == "Reschedule").ShouldBe(done.Count(answer => !answer.IsApproval));

        var slot = shown.Slot.ShouldNotBeNull();
        (slot.Start.TimeOfDay >= TimeSpan.FromHours(8) && slot.End.TimeOfDay <= TimeSpan.FromHours(16)).ShouldBeTrue($"{slot}");
        if (done.Exists(answer => !answer.IsApproval)) done.ShouldContain(answer => answer.Start == slot.Start);
    }

    private sealed record Answer(string Plan, bool IsApproval, DateTimeOffset? Start, string? Code)
    {
        public bool IsDone => Code is null;
    }
}
