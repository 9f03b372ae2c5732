using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Audit;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models.Reviewing;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Audit;

/// <summary>Controls that DeployHub checks by itself (domain §6.6): found once, told once, mended by what mends them, and the same on the page and by the API.</summary>
public sealed class CheckingControls(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task An_approval_that_is_owed_for_too_long_is_found_once_told_once_and_mended_by_what_comes_late()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
        var (number, digest) = await BreakTheGlassAsync(estate);
        await SweepAsync();
        (await OfAsync(number)).ShouldBeEmpty("it is not due yet");

        hub.Clock.Advance(TimeSpan.FromDays(5)); // two working days are over on any weekday
        await SweepAsync();
        await SweepAsync();
        var found = (await OfAsync(number)).ShouldHaveSingleItem();
        (found.Check, found.Deployment, found.MendedAt).ShouldBe(("CC-5", number, null));
        (await hub.Database(db => db.Happenings.CountAsync(told => told.Type == EventTypes.ControlExceptionRaised && told.Subject == found.Number))).ShouldBe(1);
        await IsTheSameOnThePageAsync(found);

        using var ana = await hub.ClientFor(Role.Approver);
        (await ana.PostAsJsonAsync($"/api/v1/deployments/{number}/late-approvals", new { planDigest = digest, reason = "It had to be." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await SweepAsync();
        await SweepAsync();
        var mended = (await OfAsync(number)).ShouldHaveSingleItem();
        (mended.Number, mended.MendedAt is null, mended.Mending!.Contains("approved afterwards")).ShouldBe((found.Number, false, true));
        (await ReadAsync("?check=CC-5&open=true")).ShouldNotContain(row => row.Deployment == number);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read($"/deployments/{number}")).ShouldContain("CC-5 mended", customMessage: "whoever sees the deployment sees it");
    }

    [Fact]
    public async Task A_review_that_nobody_held_is_found_and_mended_by_the_one_that_is_held_late()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
        var (number, _) = await BreakTheGlassAsync(estate);
        var run = (await hub.As(Role.DeploymentManager).Send(new Features.Runs.StartRun(number))).Done();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        await ScheduleReviewsAsync(estate);
        var review = (await hub.AsSystem.Send(new ListReviews(Model: estate.Name))).Rows.Single(row => row.Deployment == number).Number;
        (await hub.As(Role.DeploymentManager).Send(new ListInbox())).Items.ShouldContain(item => item.Subject == review && !item.IsOverdue, "it is to be held, and not only once it is overdue");

        hub.Clock.Advance(TimeSpan.FromDays(9));
        await SweepAsync();
        await SweepAsync();
        (await OfAsync(number)).Single(row => row.Check == "CC-9").MendedAt.ShouldBeNull();

        var manager = await hub.PersonFor(Role.DeploymentManager);
        (await hub.As(manager).Send(new HoldReview(review, [manager.Email]))).Done();
        await SweepAsync();
        (await OfAsync(number)).Single(row => row.Check == "CC-9").Mending!.ShouldStartWith("The review was held on");

        var aftermath = await (await hub.ClientFor(Role.ReleaseManager)).GetAsync($"/api/v1/deployments/{number}/aftermath").Json();
        aftermath.GetProperty("review").GetProperty("number").GetString().ShouldBe(review);
        aftermath.GetProperty("exceptions").EnumerateArray().Select(row => row.GetProperty("check").GetString()).ShouldBe(["CC-5", "CC-9"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_that_was_still_under_way_when_a_freeze_began_is_found_once()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var begins = hub.Clock.GetUtcNow().AddHours(1);
        var freeze = new { name = "Counting", reason = "Accounting counts", scope = new { environment = estate.Name }, when = new { start = $"{begins:yyyy-MM-ddTHH:mm:ss}", end = $"{begins.AddHours(9):yyyy-MM-ddTHH:mm:ss}", zone = "UTC" } };
        using var dora = await hub.ClientFor(Role.DeploymentManager);
        (await dora.PostAsJsonAsync("/api/v1/freezes", freeze)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var run = await estate.StartAsync();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        var number = run.Split('/')[0];
        await SweepAsync();
        (await OfAsync(number)).ShouldBeEmpty();

        await hub.Database(db => db.Database.ExecuteSqlAsync($"update runs set ended_at = {begins.AddMinutes(31)} where name = {run}"));
        hub.Clock.Advance(TimeSpan.FromHours(2));
        await SweepAsync();
        await SweepAsync();
        var found = (await OfAsync(number)).ShouldHaveSingleItem();
        found.Check.ShouldBe("CC-14");
        found.Sentence.ShouldContain("“Counting”");
        (found.Since - begins).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Bad_filters_are_refused_at_both_doors_and_only_auditors_and_managers_read()
    {
        using var aude = await hub.ClientFor(Role.Auditor);
        await aude.GetAsync("/api/v1/control-exceptions?check=CC-99").Problem(HttpStatusCode.BadRequest, "control-check.unknown");
        await aude.GetAsync("/api/v1/control-exceptions?from=2026-11-30&until=2026-11-01").Problem(HttpStatusCode.BadRequest, "control-exceptions.period");
        (await aude.GetAsync("/api/v1/control-checks").Json()).EnumerateArray().Select(row => row.GetProperty("check").GetString()).ShouldBe(["CC-5", "CC-6", "CC-9", "CC-14"]);
        using (var browser = await hub.BrowserFor(Role.Auditor))
        {
            (await browser.Read("/audit/controls?check=CC-99")).ShouldContain("Say one of CC-5, CC-6, CC-9 and CC-14.");
            (await browser.Read("/audit/controls?from=soon")).ShouldContain("Write each day as in 2026-11-30.");
        }

        using var mia = await hub.ClientFor(Role.ReleaseManager);
        (await mia.GetAsync("/api/v1/control-exceptions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await mia.GetAsync("/api/v1/control-checks")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var dora = await hub.ClientFor(Role.DeploymentManager);
        (await dora.GetAsync("/api/v1/control-exceptions?limit=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_decides_afterwards_reads_which_evidence_is_missing()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
        var (number, _) = await BreakTheGlassAsync(estate);

        using var ana = await hub.ClientFor(Role.Approver);
        var version = (await ana.GetAsync($"/api/v1/deployments/{number}/missing-evidence").Json()).GetProperty("versions")[0];
        var missing = version.GetProperty("missing").EnumerateArray().Select(sentence => sentence.GetString()!).ToList();
        missing.ShouldBe(["No test of it was reported.", "It had succeeded in no other environment before."]);
        using var browser = await hub.BrowserFor(Role.Approver);
        var page = await browser.Read($"/deployments/{number}/decide");
        missing.ShouldAllBe(sentence => page.Contains(sentence));
    }

    /// <summary>Both doors say the same of it, the counts too.</summary>
    private async Task IsTheSameOnThePageAsync(ListControlExceptions.Row found)
    {
        var day = DateOnly.FromDateTime(found.Since.UtcDateTime);
        (await ReadAsync($"?check=cc-5&from={day:yyyy-MM-dd}&until={day:yyyy-MM-dd}")).ShouldContain(found);
        (await ReadAsync($"?check=CC-5&from={day.AddDays(1):yyyy-MM-dd}")).ShouldNotContain(found);
        (await ReadAsync($"?check=CC-5&until={day.AddDays(-1):yyyy-MM-dd}")).ShouldNotContain(found);
        (await ReadAsync("?check=CC-9")).ShouldNotContain(found);

        using var browser = await hub.BrowserFor(Role.Auditor);
        var page = await browser.Read($"/audit/controls?check=CC-5&from={day:yyyy-MM-dd}&until={day:yyyy-MM-dd}&open=true");
        foreach (var said in (string[])[found.Number, found.Deployment!, found.Sentence, "Does not hold"]) page.ShouldContain(said);

        using var aude = await hub.ClientFor(Role.Auditor);
        var counted = (await aude.GetAsync($"/api/v1/control-checks?from={day:yyyy-MM-dd}&until={day:yyyy-MM-dd}").Json()).EnumerateArray().Single(row => row.GetProperty("check").GetString() == "CC-5");
        (counted.GetProperty("exceptions").GetInt32() > 0, counted.GetProperty("open").GetInt32() > 0).ShouldBe((true, true));
    }

    private async Task<IReadOnlyList<ListControlExceptions.Row>> OfAsync(string number) => [.. (await ReadAsync("?limit=200")).Where(row => row.Deployment == number)];

    private async Task<IReadOnlyList<ListControlExceptions.Row>> ReadAsync(string query)
    {
        using var aude = await hub.ClientFor(Role.Auditor);
        return (await aude.GetAsync($"/api/v1/control-exceptions{query}").Json()).Deserialize<List<ListControlExceptions.Row>>(JsonSerializerOptions.Web)!;
    }

    private async Task SweepAsync()
    {
        foreach (var check in Enum.GetValues<ControlCheck>())
            await hub.Database(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.CheckControlAsync(check, hub.Clock.GetUtcNow(), CancellationToken.None);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return true;
            });
    }

    private async Task ScheduleReviewsAsync(Estate estate) => await hub.Database(async db =>
    {
        var model = await db.Models.Where(known => known.Slug == estate.Name).Select(known => known.Id).SingleAsync();
        await db.ScheduleDueReviewsAsync(model, estate.Name, hub.Clock.GetUtcNow(), CancellationToken.None);
        return await db.SaveChangesAsync();
    });

    /// <summary>An emergency of severity 1 that somebody let start. Answers its number and what was decided about.</summary>
    private async Task<(string Number, string Digest)> BreakTheGlassAsync(Estate estate)
    {
        using var paul = await (await hub.BrowserFor(await hub.NewPerson("Paul", new RoleGrant(Role.DeploymentPractitioner, BreaksGlass: true)))).ForApiAsync();
        var plan = new { environment = estate.Name, versions = new[] { $"{estate.Name}@1.0.0" }, model = estate.Name, category = "Emergency", reason = "FixIncident", deployAgain = true, incident = "INC-77", incidentSeverity = 1 };
        var number = (await paul.PostAsJsonAsync("/api/v1/deployments", new { plan, description = "Payments are down." }).Json()).GetProperty("key").GetString()!;
        (await paul.PostAsJsonAsync($"/api/v1/deployments/{number}/submission", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var digest = (await paul.GetAsync($"/api/v1/deployments/{number}").Json()).GetProperty("planDigest").GetString()!;
        (await paul.PostAsJsonAsync($"/api/v1/deployments/{number}/break-glass", new { planDigest = digest, confirmation = number, reason = "Payments are down." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return (number, digest);
    }
}
