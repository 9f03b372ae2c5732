using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>When others are busy: what both doors refuse (domain §2.2.3).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingCalendarsOfOthers(TestHub hub)
{
    [Fact]
    public async Task Adding_one()
    {
        using var adam = await BothDoors.OfAsync(hub, Role.Administrator);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);
        var taken = await UploadedAsync();

        await adam.RefuseAlikeAsync(
            Adding("No key", "invalid", "Key", new Said { Key = "" }),
            Adding("A key with a blank", "invalid", "Key", new Said { Key = "the provider" }),
            Adding("No name", "invalid", "Name", new Said { Name = "" }),
            Adding("A name of 201 characters", "invalid", "Name", new Said { Name = new string('x', 201) }),
            Adding("An address that is none", "invalid", "Address", new Said { Address = "provider" }),
            Adding("An address with a password", "invalid", "Address", new Said { Address = "https://user:password@calendar.example.com/a.ics" }),
            Adding("A secret without an address", "invalid", "Credential", new Said { Credential = "provider" }),
            Adding("A secret for an address that everybody can listen to", "invalid", "Credential", new Said { Address = "http://calendar.example.com/a.ics", Credential = "provider" }),
            Adding("A zone that is not there", "invalid", "Zone", new Said { Zone = "Mars/Olympus" }),
            Adding("A country whose holidays nobody knows", "invalid", "Country", new Said { Country = "XX" }).Gone(),
            Adding("A country and an address", "invalid", "Country", new Said { Country = "SE", Address = "https://calendar.example.com/a.ics" }),
            Adding("Partners of what is no holiday", "invalid", "Organisations", new Said { Organisations = "bank" }));
        await mia.RefuseAlikeAsync(
            Adding("A key that is taken", "busy.key-taken", "Key", new Said { Key = taken }),
            Adding("An environment that is not there", "busy.environment-unknown", "Environments", new Said { Environments = "nowhere" }),
            Adding("A service that is not there", "busy.service-unknown", "Services", new Said { Services = "nothing" }),
            Adding("An address, said by a planner", "access.not-permitted", null, new Said { Address = "https://calendar.example.com/a.ics" }).Gone(), // their form has no such field
            Adding("Public holidays, said by a planner", "access.not-permitted", null, new Said { Country = "SE" }).Gone());
        await auditor.RefuseAlikeAsync(Adding("By who plans nothing", "access.not-permitted", null, new Said()).Gone());
    }

    [Fact]
    public async Task Changing_fetching_and_removing_one()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var other = await BothDoors.OfAsync(hub, await hub.NewPerson("Other", new RoleGrant(Role.ReleaseManager, Service: estate.Name)));
        var (key, fetched) = (await UploadedAsync(), TestHub.Unique("fetched"));
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(fetched, new BusySettings("Fetched", "https://calendar.example.com/a.ics", null, [], [], "Etc/UTC")))).Done();
        var seen = (await hub.AsSystem.Send(new ListBusyCalendars())).Single(calendar => calendar.Key == key).RowVersion - 1;

        await mia.RefuseAlikeAsync(
            Changing("No name", "invalid", "Name", key, new Said { Name = "" }),
            Changing("An environment that is not there", "busy.environment-unknown", "Environments", key, new Said { Environments = "nowhere" }),
            Changing("Somebody was quicker", "changed-meanwhile", null, key, new Said { Seen = seen }),
            Changing("What workers fetch, by a planner", "access.not-permitted", null, fetched, new Said()).Gone(),
            new("Fetching what was uploaded", "busy.uploaded", null, new($"/calendar/others/{key}", "Fetch"), Request.Post($"/busy-calendars/{key}/fetches")),
            new("Removing what workers fetch", "access.not-permitted", null, new($"/calendar/others/{fetched}", "Remove"), new(HttpMethod.Delete, $"/busy-calendars/{fetched}")),
            new("Removing what is not there", "busy-calendar.not-found", null, new("/calendar/others/nothing", "Remove"), new(HttpMethod.Delete, "/busy-calendars/nothing")));
        await other.RefuseAlikeAsync(Changing("One that concerns everything, by who plans for one service", "access.not-permitted", null, key, new Said()).Gone());
    }

    [Theory]
    [InlineData("", "invalid")]
    [InlineData("Monday is a holiday", "busy.malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Never closed\n", "busy.malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:yesterday\nEND:VEVENT\nEND:VCALENDAR\n", "busy.malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Mars/Olympus:20260301T220000\nEND:VEVENT\nEND:VCALENDAR\n", "busy.malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260301T220000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n", "busy.malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260301T220000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\nEND:VCALENDAR\n", "busy.malformed")]
    public async Task A_file_that_is_no_calendar_is_refused_in_the_same_words(string text, string code)
    {
        var key = await UploadedAsync();
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var api = await browser.ForApiAsync();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/calendar") } };
        using var answer = await api.PutAsync($"/api/v1/busy-calendars/{key}/file", file);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(api.DefaultRequestHeaders.GetValues("X-Antiforgery").Single()), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Text", "calendar.ics" },
        };
        using var page = await browser.Client.PostAsync($"/calendar/others/{key}?handler=Upload", form);
        var shown = new RefusedPage(await page.Content.ReadAsStringAsync());

        (answer.StatusCode, page.StatusCode).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.OK));
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("errors").EnumerateObject().Single().Value.EnumerateArray().ShouldAllBe(sentence => shown.Says(sentence.GetString()!));
        shown.Leads.ShouldContain("Text");
    }

    private static Refusal Adding(string wrong, string code, string? field, Said said) => new(
        wrong, code, field is null ? null : $"Input.{field}", new("/calendar/others", null, said.Fields), Request.Post("/busy-calendars", new { key = said.Key, settings = said.Settings }))
    { ApiField = field is null or "Key" ? null : $"settings.{char.ToLowerInvariant(field[0])}{field[1..]}" };

    private static Refusal Changing(string wrong, string code, string? field, string key, Said said) => new(
        wrong, code, field is null ? null : $"Input.{field}", new($"/calendar/others/{key}", null, [.. said.Fields.Where(sent => sent.Item1 is not "Input.Key")]), Request.Put($"/busy-calendars/{key}", said.Settings, said.Seen))
    { ApiField = field is null ? null : $"settings.{char.ToLowerInvariant(field[0])}{field[1..]}" };

    private async Task<string> UploadedAsync()
    {
        var key = TestHub.Unique("provider");
        (await hub.As(Role.ReleaseManager).Send(new AddBusyCalendar(key, new BusySettings("Provider", null, null, [], [], "Etc/UTC")))).Done();
        return key;
    }

    /// <summary>What is typed about a calendar, right but for what a row says.</summary>
    private sealed record Said
    {
        public string Key { get; init; } = "provider-new";

        public string Name { get; init; } = "Payment provider";

        public string Address { get; init; } = "";

        public string Credential { get; init; } = "";

        public string Environments { get; init; } = "";

        public string Services { get; init; } = "";

        public string Zone { get; init; } = "Europe/Berlin";

        public string Country { get; init; } = "";

        public string Organisations { get; init; } = "";

        public uint? Seen { get; init; }

        public BusySettings Settings => new(Name, OrNull(Address), OrNull(Credential), Keys(Environments), Keys(Services), Zone, Country.Length > 0, OrNull(Country), Keys(Organisations));

        public (string, string)[] Fields =>
        [
            ("Input.Key", Key), ("Input.Name", Name), ("Input.Address", Address), ("Input.Credential", Credential), ("Input.Environments", Environments), ("Input.Services", Services), ("Input.Zone", Zone),
            ("Input.Country", Country), ("Input.Organisations", Organisations), .. Seen is { } seen ? new[] { ("Input.Seen", $"{seen}") } : [],
        ];

        private static string? OrNull(string text) => text.Length == 0 ? null : text;

        private static string[] Keys(string text) => text.Length == 0 ? [] : [text];
    }
}
