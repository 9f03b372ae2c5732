using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Clashing;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Calendars;

/// <summary>The calendar, its clashes and the calendars of others, through page and API.</summary>
public sealed class LookingAtTheCalendar(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Two_plans_on_one_lock_are_told_and_nobody_can_accept_that()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var start = Tomorrow();
        var (one, two) = (await ScheduledAsync(estate, start), await ScheduledAsync(estate, start.AddMinutes(30)));

        var found = (await hub.As(Role.ReleaseManager).Send(new FindClashes(one))).Done();
        found.Clashes.Select(clash => (clash.With, clash.Kind)).ShouldBe([(two, ClashKind.Lock)]);
        (await hub.As(Role.ReleaseManager).Send(new AcceptClash(one, two, "Both are small."))).Refused("clash.same-lock");

        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (await browser.Read($"/deployments/{one}")).ShouldContain($"href=\"/deployments/{two}\">Look at {two}");
        using var answer = await (await hub.ClientFor(Role.ReleaseManager)).GetAsync($"/api/v1/calendar/clashes?environment={estate.Name}&slotStart={start:yyyy-MM-ddTHH:mm:ssZ}&slotEnd={start.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}");
        (await answer.Content.ReadAsStringAsync()).ShouldContain(one);
    }

    [Fact]
    public async Task A_slot_is_moved_on_the_page_with_a_reason_and_a_refusal_keeps_what_was_typed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var start = Tomorrow();
        var number = await ScheduledAsync(estate, start);
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var calendar = $"/calendar?look=day&date={start:yyyy-MM-dd}&environment={estate.Name}";
        var token = TestBrowser.TokenIn(await browser.Read($"{calendar}&move={number}"));
        (string, string)[] slot = [("Move", number), ("SlotStart", $"{start.AddHours(4):yyyy-MM-ddTHH:mm}"), ("SlotEnd", $"{start.AddHours(5):yyyy-MM-ddTHH:mm}")];

        using var refused = await browser.Post($"{calendar}&handler=Move", token, [.. slot, ("Reason", "")]);
        var shown = await refused.Content.ReadAsStringAsync();
        (refused.StatusCode, shown.Contains("the reason becomes part of the record", StringComparison.Ordinal), shown.Contains($"{start.AddHours(4):yyyy-MM-ddTHH:mm}", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true, true));

        using var moved = await browser.Post($"{calendar}&handler=Move", token, [.. slot, ("Reason", "The partner is ready later.")]);
        moved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Slot!.Start.ShouldBe(start.AddHours(4));
    }

    [Fact]
    public async Task A_range_is_bounded_and_filters_hold()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var start = Tomorrow();
        var number = await ScheduledAsync(estate, start);

        (await hub.As(Role.Auditor).Send(new ShowCalendar(start, start.AddDays(401)))).Refused("invalid");
        var mine = (await hub.As(Role.ReleaseManager).Send(new ShowCalendar(start.AddDays(-1), start.AddDays(1), Environment: estate.Name, Mine: true))).Done();
        mine.Slots.ShouldHaveSingleItem().ShouldSatisfyAllConditions(slot => slot.Number.ShouldBe(number), slot => slot.MayMove.ShouldBeTrue());
        (await hub.As(Role.Auditor).Send(new ShowCalendar(start.AddDays(-1), start.AddDays(1), Environment: estate.Name))).Done().Slots.ShouldHaveSingleItem().MayMove.ShouldBeFalse();
        (await hub.As(Role.Auditor).Send(new ShowCalendar(start.AddDays(-1), start.AddDays(1), Environment: estate.Name, Mine: true))).Done().Slots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("month")]
    [InlineData("week")]
    [InlineData("day")]
    [InlineData("list")]
    [InlineData("gantt")]
    public async Task Every_look_reads_without_script(string look)
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var start = Tomorrow();
        var number = await ScheduledAsync(estate, start);
        using var browser = await hub.BrowserFor(Role.Auditor);

        (await browser.Read($"/calendar?look={look}&date={start:yyyy-MM-dd}&environment={estate.Name}")).ShouldContain($"/deployments/{number}");
    }

    [Fact]
    public async Task An_uploaded_calendar_advises_and_a_malformed_one_names_its_line()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var (start, key) = (Tomorrow(), TestHub.Unique("payments"));
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(key, new BusySettings("Payments", null, null, [estate.Name], [])))).Done();
        using var client = await hub.ClientFor(Role.ReleaseManager);

        using var uploaded = await client.PutAsync($"/api/v1/busy-calendars/{key}/file", Text($"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:{start:yyyyMMdd'T'HHmmss'Z'}\nDURATION:PT1H\nSUMMARY:Maintenance\nEND:VEVENT\nEND:VCALENDAR\n"));
        uploaded.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hub.As(Role.Auditor).Send(new FindClashes(await ScheduledAsync(estate, start)))).Done().Busy.ShouldHaveSingleItem().Sentence.ShouldContain("Payments has “Maintenance”");
        (await hub.As(Role.Auditor).Send(new ShowCalendar(start.AddHours(-1), start.AddHours(1), Environment: estate.Name))).Done().Busy.ShouldHaveSingleItem();

        var refused = await client.PutAsync($"/api/v1/busy-calendars/{key}/file", Text("BEGIN:VCALENDAR\noops\n")).Problem(HttpStatusCode.BadRequest, "busy.malformed");
        refused.GetProperty("title").GetString()!.ShouldContain("line 2");
    }

    [Fact]
    public async Task Public_holidays_move_what_is_due_and_only_an_administrator_says_them()
    {
        var (key, day) = (TestHub.Unique("days-off"), DateOnly.FromDateTime(Tomorrow().UtcDateTime).AddDays(60));
        BusySettings settings = new("Days off", AreHolidays: true);
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(key, settings))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(key, settings with { Services = ["web"] }))).Error!.Fields.Keys.ShouldContain("Settings.AreHolidays");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(key, settings with { Country = "XX" }))).Error!.Fields.Keys.ShouldContain("Settings.Country");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(key, settings with { Organisations = ["nobody"] }))).Refused("busy.organisation-unknown");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(key, settings))).Done();

        var text = $"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:{day:yyyyMMdd}\nSUMMARY:Founders’ day\nEND:VEVENT\nEND:VCALENDAR\n";
        (await hub.As(Role.ReleaseManager).Send(new UploadBusyCalendar(key, text))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new UploadBusyCalendar(key, text))).Done().Periods.ShouldBe(1);

        var view = (await hub.As(Role.Auditor).Send(new ShowCalendar(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)))).Done();
        view.Holidays.ShouldContain(new ShowCalendar.HolidayRow(day, "Founders’ day", "Days off"));
        view.Busy.ShouldNotContain(busy => busy.Calendar == key, "it is marked on its day instead");
        (await hub.As(Role.Administrator).Send(new RemoveBusyCalendar(key))).Done();
    }

    [Fact]
    public async Task What_a_calendar_names_has_to_exist()
    {
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(TestHub.Unique("a"), new BusySettings("A", null, null, ["nowhere"], [])))).Refused("busy.environment-unknown");
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(TestHub.Unique("a"), new BusySettings("A", "http://example.com/a.ics", "secret", [], [])))).Error!.Fields.Keys.ShouldContain("Settings.Credential");
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(TestHub.Unique("a"), new BusySettings("A", null, null, [], [], "Nowhere/Land")))).Error!.Fields.Keys.ShouldContain("Settings.Zone");
    }

    [Fact]
    public async Task Only_an_administrator_says_where_workers_fetch_a_calendar_and_with_which_secret()
    {
        var (mine, fetched) = (TestHub.Unique("mine"), TestHub.Unique("fetched"));
        var settings = new BusySettings("Provider", "https://calendar.example.com/private-3f9a.ics", "provider", [], []);
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(fetched, settings))).Refused("access.not-permitted");
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(mine, new BusySettings("Mine")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new DescribeBusyCalendar(mine, settings))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(fetched, settings))).Done();
        (await hub.As(Role.ReleaseManager).Send(new DescribeBusyCalendar(fetched, new BusySettings("Mine")))).Refused("access.not-permitted");
        (await hub.As(Role.ReleaseManager).Send(new RemoveBusyCalendar(fetched))).Refused("access.not-permitted");

        var row = (await hub.As(Role.ReleaseManager).Send(new ListBusyCalendars())).Single(calendar => calendar.Key == fetched);
        (row.Settings.Address, row.Settings.Credential, row.MayChange).ShouldBe(("https://calendar.example.com/…", null, false));
        (await hub.As(Role.Administrator).Send(new ListBusyCalendars())).Single(calendar => calendar.Key == fetched).Settings.Address.ShouldBe(settings.Address);
        (await hub.As(Role.Administrator).Send(new DescribeBusyCalendar(fetched, settings, row.RowVersion - 1))).Refused("changed-meanwhile");
        (await hub.As(Role.Administrator).Send(new RemoveBusyCalendar(fetched))).Done();
    }

    [Fact]
    public async Task A_planner_of_one_service_leaves_the_calendar_of_everybody_alone()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var planner = await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager, null, estate.Name));
        var (all, own) = (TestHub.Unique("all"), TestHub.Unique("own"));
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(all, new BusySettings("Company")))).Done();

        (await hub.As(planner).Send(new RemoveBusyCalendar(all))).Error.ShouldNotBeNull();
        (await hub.As(planner).Send(new UploadBusyCalendar(all, "BEGIN:VCALENDAR\nEND:VCALENDAR\n"))).Error.ShouldNotBeNull();
        (await hub.As(planner).Send(new AddBusyCalendar(own, new BusySettings("Own", Services: [estate.Name])))).Done();
    }

    private static StringContent Text(string calendar) => new(calendar, Encoding.UTF8, new MediaTypeHeaderValue("text/calendar"));

    private async Task<string> ScheduledAsync(Estate estate, DateTimeOffset start)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private DateTimeOffset Tomorrow() => new(hub.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero);
}
