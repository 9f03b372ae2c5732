using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models.Reviewing;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>Journey J5 through the API: an emergency at night, with an approver and without one.</summary>
public sealed class AnsweringAnEmergency(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task An_approver_who_is_awake_lets_it_start()
    {
        using var estate = await LiveAsync();
        using var paul = await NamedAsync();
        var (number, digest) = await AskAsync(paul, estate);
        var shown = await paul.GetAsync(Of(number)).Json();
        shown.GetProperty("status").GetString().ShouldBe("InReview");
        shown.GetProperty("risk").GetProperty("factors").GetArrayLength().ShouldBe(7);
        shown.GetProperty("emergencyTimerEndsAt").GetDateTimeOffset().ShouldBe(hub.Clock.GetUtcNow().AddMinutes(15), TimeSpan.FromMinutes(1));

        using var ana = await hub.ClientFor(Role.Approver);
        (await ana.PostAsJsonAsync($"{Of(number)}/approvals", new { planDigest = digest })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await paul.PostAsJsonAsync($"{Of(number)}/runs", new { })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_answers_so_the_glass_is_broken_and_answered_for_afterwards()
    {
        using var estate = await LiveAsync();
        using var paul = await NamedAsync();
        using var other = await hub.ClientFor(Role.DeploymentPractitioner);
        var (number, digest) = await AskAsync(paul, estate);
        var glass = new { planDigest = digest, confirmation = number, reason = "Payments are down." };

        await paul.PostAsJsonAsync($"{Of(number)}/break-glass", glass).Problem(HttpStatusCode.Conflict, "emergency.timer-runs");
        await other.PostAsJsonAsync($"{Of(number)}/break-glass", glass).Problem(HttpStatusCode.Forbidden, "emergency.not-named");
        hub.Clock.Advance(TimeSpan.FromMinutes(16));
        await PassTimeAsync();
        await paul.PostAsJsonAsync($"{Of(number)}/break-glass", glass with { confirmation = "yes" }).Problem(HttpStatusCode.BadRequest, "emergency.not-confirmed");
        (await paul.PostAsJsonAsync($"{Of(number)}/break-glass", glass)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var run = (await paul.PostAsJsonAsync($"{Of(number)}/runs", new { }).Json()).GetProperty("key").GetString()!;
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        await AnswerForAsync(paul, number, digest, estate);
    }

    private async Task AnswerForAsync(HttpClient paul, string number, string digest, Estate estate)
    {
        var kinds = await hub.Database(db => db.DeploymentEvents.Where(happened => db.Deployments.Any(known => known.Id == happened.DeploymentId && known.Number == number)).Select(happened => happened.Kind).ToListAsync());
        kinds.ShouldContain("EscalateApproval");
        kinds.ShouldContain("BreakGlass");

        var inbox = (await hub.As(Role.Approver).Send(new ListInbox())).Items.Single(item => item.Subject == number);
        (inbox.Kind, inbox.IsOverdue, inbox.Sentence.Contains("retrospective")).ShouldBe((InboxKind.LateApproval, false, true));
        using (var browser = await hub.BrowserFor(Role.Approver)) (await browser.Read($"/deployments/{number}/decide")).ShouldContain("Your retrospective decision");
        var elsewhere = await hub.NewPerson("Elsewhere", new RoleGrant(Role.Approver, Service: TestHub.Unique("other")));
        (await hub.As(elsewhere).Send(new ListInbox())).Items.ShouldNotContain(item => item.Subject == number, "it is not theirs to answer for");

        await paul.PostAsJsonAsync($"{Of(number)}/late-approvals", new { planDigest = digest, reason = "It had to be." }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        using var ana = await hub.ClientFor(Role.Approver);
        (await ana.PostAsJsonAsync($"{Of(number)}/late-approvals", new { planDigest = digest, reason = "It had to be." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ana.PostAsJsonAsync($"{Of(number)}/late-approvals", new { planDigest = digest, reason = "Again." }).Problem(HttpStatusCode.Conflict, "approval.nothing-deferred");
        (await hub.As(Role.Approver).Send(new ListInbox())).Items.ShouldNotContain(item => item.Subject == number);

        var model = await hub.Database(db => db.Models.Where(known => known.Slug == estate.Name).Select(known => known.Id).SingleAsync());
        await hub.Database(async db =>
        {
            await db.ScheduleDueReviewsAsync(model, estate.Name, hub.Clock.GetUtcNow(), CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        (await hub.AsSystem.Send(new ListReviews(Model: estate.Name))).Rows.ShouldContain(review => review.Deployment == number && review.Occasion.Contains("emergency"));
    }

    [Fact]
    public async Task The_short_form_asks_for_what_is_missing_and_keeps_what_was_typed()
    {
        using var estate = await LiveAsync();
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var refused = await (await browser.Submit("/deployments/emergency", null, ("Input.Environment", estate.Name), ("Input.Version", $"{estate.Name}@1.0.0"), ("Input.Why", "Payments are down."))).Content.ReadAsStringAsync();
        refused.ShouldContain("Name the incident or security notice");
        refused.ShouldContain("Payments are down.");

        var asked = await browser.Submit("/deployments/emergency", null, ("Input.Environment", estate.Name), ("Input.Version", $"{estate.Name}@1.0.0"), ("Input.Incident", "INC-77"), ("Input.Why", "Payments are down."));
        asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Read(asked.Headers.Location!.ToString())).ShouldContain("INC-77");
    }

    private async Task PassTimeAsync()
    {
        while (await hub.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var passed = await db.PassTimeOfApprovalsAsync(hub.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return passed;
        }))
        {
        }
    }

    /// <summary>Plans and submits it. Answers its number and what is decided about.</summary>
    private static async Task<(string Number, string Digest)> AskAsync(HttpClient by, Estate estate)
    {
        var plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@1.0.0" }, model = estate.Name, category = "Emergency", reason = "FixIncident", deployAgain = true };
        var without = (await by.PostAsJsonAsync("/api/v1/deployments", new { plan }).Json()).GetProperty("key").GetString()!;
        await by.PostAsJsonAsync($"{Of(without)}/submission", new { }).Problem(HttpStatusCode.BadRequest, "emergency.needs-reference");

        var number = (await by.PostAsJsonAsync("/api/v1/deployments", new { plan = new { plan.environment, plan.versions, plan.model, plan.category, plan.reason, incident = "INC-77" }, description = "Payments are down." }).Json()).GetProperty("key").GetString()!;
        (await by.PostAsJsonAsync($"{Of(number)}/submission", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return (number, (await by.GetAsync(Of(number)).Json()).GetProperty("planDigest").GetString()!);
    }

    /// <summary>A practitioner who is named to break the glass.</summary>
    private async Task<HttpClient> NamedAsync() => await (await hub.BrowserFor(await hub.NewPerson("Paul", new RoleGrant(Role.DeploymentPractitioner, BreaksGlass: true)))).ForApiAsync();

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);

    private static string Of(string number) => $"/api/v1/deployments/{number}";
}
