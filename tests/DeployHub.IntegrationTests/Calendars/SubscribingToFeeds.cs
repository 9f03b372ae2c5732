using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Feeds;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Ical.Net.CalendarComponents;

namespace DeployHub.IntegrationTests.Calendars;

/// <summary>What calendar programs read at one's addresses.</summary>
public sealed class SubscribingToFeeds(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_slot_is_followed_from_plan_to_cancellation_by_one_identifier()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var mia = await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager));
        var token = (await hub.As(mia).Send(new RenewCalendarFeed())).Done();
        var start = Tomorrow();
        var number = (await hub.As(mia).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }))).Done();
        (await EventsAsync($"{token}.ics")).ShouldBeEmpty(); // a draft is nobody's promise

        (await hub.As(mia).Send(new SubmitDeployment(number))).Done();
        var planned = (await EventsAsync($"{token}.ics")).ShouldHaveSingleItem();
        (await hub.As(mia).Send(new RescheduleDeployment(number, start.AddHours(2), start.AddHours(3), "The partner is ready later."))).Done();
        var moved = (await EventsAsync($"{token}.ics")).ShouldHaveSingleItem();
        (await hub.As(mia).Send(new CancelDeployment(number, "Not needed any more."))).Done();
        var cancelled = (await EventsAsync($"{token}.ics")).ShouldHaveSingleItem();

        (moved.Uid, cancelled.Uid).ShouldBe((planned.Uid, planned.Uid));
        (moved.Start!.AsUtc, moved.Sequence > planned.Sequence, cancelled.Sequence > moved.Sequence).ShouldBe((start.AddHours(2).UtcDateTime, true, true));
        (planned.Status, cancelled.Status).ShouldBe(("CONFIRMED", "CANCELLED"));
    }

    [Fact]
    public async Task An_independent_parser_reads_the_same_instants()
    {
        Assert.SkipUnless(OtherReader.CanRead, OtherReader.Why);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var token = (await hub.As(Role.ReleaseManager).Send(new RenewCalendarFeed())).Done();
        DateTimeOffset[] starts = [Sunday(3), Sunday(10), Tomorrow()]; // when clocks change in Europe, both ways, and a plain day
        foreach (var start in starts) await ScheduledAsync(estate, start, "Semi; comma, back\\slash");

        var read = await OtherReader.ReadAsync(await TextAsync($"{token}/environments/{estate.Name}.ics"));

        read.GetProperty("version").GetString().ShouldBe("2.0");
        var entries = read.GetProperty("entries").EnumerateArray().ToList();
        entries.Select(entry => entry.GetProperty("start").GetDateTimeOffset()).ShouldBe(starts.Order());
        entries.ShouldAllBe(entry => entry.GetProperty("end").GetDateTimeOffset() - entry.GetProperty("start").GetDateTimeOffset() == TimeSpan.FromHours(3));
        entries.ShouldAllBe(entry => entry.GetProperty("summary").GetString()!.EndsWith("Semi; comma, back\\slash", StringComparison.Ordinal));
        entries.Select(entry => entry.GetProperty("uid").GetString()).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Who_has_it_already_is_told_so()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var token = (await hub.As(Role.ReleaseManager).Send(new RenewCalendarFeed())).Done();
        await ScheduledAsync(estate, Tomorrow(), "One");
        using var client = hub.Anonymous();
        using var first = await client.GetAsync($"/calendar/feeds/{token}/services/{estate.Name}.ics");
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");

        (await AskAgainAsync(client, first, $"{token}/services/{estate.Name}.ics")).ShouldBe(HttpStatusCode.NotModified);
        await ScheduledAsync(estate, Tomorrow().AddHours(5), "Another");
        (await AskAgainAsync(client, first, $"{token}/services/{estate.Name}.ics")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_ends_when_it_is_renewed_and_with_its_account()
    {
        var mia = await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager));
        var first = (await hub.As(mia).Send(new RenewCalendarFeed())).Done();
        var second = (await hub.As(mia).Send(new RenewCalendarFeed())).Done();
        (await StatusAsync($"{first}.ics"), await StatusAsync($"{second}.ics"), await StatusAsync("dhc_guessed.ics")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound));

        (await hub.As(Role.Administrator).Send(new DeactivatePerson(mia.Email))).Done();
        (await StatusAsync($"{second}.ics")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_holds_no_role_any_more_reads_nothing_and_what_is_unknown_is_not_there()
    {
        var nora = await hub.NewPerson("Nora");
        (await hub.As(nora).Send(new RenewCalendarFeed())).Refused("access.not-permitted");
        var token = (await hub.As(Role.Auditor).Send(new RenewCalendarFeed())).Done();
        (await StatusAsync($"{token}/services/nowhere.ics")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_shows_the_addresses_once()
    {
        using var browser = await hub.BrowserFor(await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager)));
        using var made = await browser.Submit("/account/calendar", "Renew");
        (await made.Content.ReadAsStringAsync()).ShouldContain("/calendar/feeds/dhc_");
        (await browser.Read("/account/calendar")).ShouldNotContain("dhc_");
    }

    private async Task ScheduledAsync(Estate estate, DateTimeOffset start, string title)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(3) }, title))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    private static async Task<HttpStatusCode> AskAgainAsync(HttpClient client, HttpResponseMessage first, string path)
    {
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/calendar/feeds/{path}");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        using var answer = await client.SendAsync(again);
        return answer.StatusCode;
    }

    private async Task<List<CalendarEvent>> EventsAsync(string path) => [.. Ical.Net.Calendar.Load(await TextAsync(path))!.Events];

    private async Task<string> TextAsync(string path)
    {
        using var client = hub.Anonymous();
        return await client.GetStringAsync($"/calendar/feeds/{path}");
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var client = hub.Anonymous();
        using var answer = await client.GetAsync($"/calendar/feeds/{path}");
        return answer.StatusCode;
    }

    private DateTimeOffset Tomorrow() => new(hub.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero);

    /// <summary>The last Sunday of the next such month, half an hour before clocks change in Europe.</summary>
    private DateTimeOffset Sunday(int month)
    {
        var now = hub.Clock.GetUtcNow();
        var last = new DateTime(now.Month >= month ? now.Year + 1 : now.Year, month, 31, new GregorianCalendar());
        return new DateTimeOffset(last.AddDays(-(int)last.DayOfWeek).AddMinutes(30), TimeSpan.Zero);
    }
}
