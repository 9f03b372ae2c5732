using System.Net;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Calendars;

/// <summary>A worker fetches the calendars of others, and says what is wrong with those that it cannot read.</summary>
public sealed class FetchingCalendars(FetchingCalendars.HubThatLooksInside hub) : IClassFixture<FetchingCalendars.HubThatLooksInside>
{
    [Fact]
    public async Task What_lies_behind_a_redirect_is_read()
    {
        using var provider = new Provider(path => path switch
        {
            "/moved" => (302, "/here.ics"),
            _ => (200, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20200101T220000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:Maintenance\nEND:VEVENT\nEND:VCALENDAR\n"),
        });

        var read = await FetchedAsync(provider.Address + "/moved");

        read.Trouble.ShouldBeNull();
        read.Periods.ShouldBeGreaterThan(400);
        read.DueAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/round", "redirects more than 5 times")]
    [InlineData("/large", "more than 2 MiB")]
    [InlineData("/broken", "line 2")]
    [InlineData("/gone", "answers 410")]
    public async Task What_cannot_be_read_is_said(string path, string trouble)
    {
        using var provider = new Provider(asked => asked switch
        {
            "/round" => (302, "/round"),
            "/large" => (200, new string('A', BusyCalendar.Largest + 1)),
            "/broken" => (200, "BEGIN:VCALENDAR\noops\n"),
            _ => (410, ""),
        });

        (await FetchedAsync(provider.Address + path)).Trouble!.ShouldContain(trouble);
    }

    [Fact]
    public async Task No_redirect_leads_to_another_internal_host()
    {
        using var inside = new Provider(_ => (200, "BEGIN:VCALENDAR\nEND:VCALENDAR\n"));
        using var provider = new Provider(_ => (302, inside.Address.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)));

        (await FetchedAsync(provider.Address)).Trouble!.ShouldContain("an internal address");
    }

    [Fact]
    public async Task No_address_leads_inside_unless_the_workers_list_it() =>
        (await FetchedAsync($"http://127.0.0.2:{FreePort.Next()}/")).Trouble!.ShouldContain("DeployHub:InternalStores");

    private async Task<ListBusyCalendars.Row> FetchedAsync(string address)
    {
        var key = TestHub.Unique("provider");
        (await hub.As(Role.Administrator).Send(new AddBusyCalendar(key, new BusySettings("Provider", address)))).Done();
        ListBusyCalendars.Row now = null!;
        await TestHub.Until(
            async () => (now = (await hub.As(Role.Auditor).Send(new ListBusyCalendars())).Single(calendar => calendar.Key == key)) is { ReadAt: not null } or { Trouble: not null }, "it is fetched", 30);
        return now;
    }

    /// <summary>Its workers may go where the test's own servers are.</summary>
    public sealed class HubThatLooksInside(TestPostgres postgres) : TestHub(postgres)
    {
        protected override string Roles => "all";

        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["DeployHub:Worker:SweepEvery"] = "00:00:01", ["DeployHub:InternalStores"] = "127.0.0.1" };
    }

    /// <summary>Somebody else's server.</summary>
    private sealed class Provider : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Provider(Func<string, (int Status, string Said)> answer)
        {
            Address = $"http://127.0.0.1:{FreePort.Next()}";
            _listener.Prefixes.Add($"{Address}/");
            _listener.Start();
            _ = ServeAsync(answer);
        }

        public string Address { get; }

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task ServeAsync(Func<string, (int Status, string Said)> answer)
        {
            try
            {
                while (true)
                {
                    var asked = await _listener.GetContextAsync();
                    var (status, said) = answer(asked.Request.Url!.AbsolutePath);
                    asked.Response.StatusCode = status;
                    if (status == 302) asked.Response.RedirectLocation = said;
                    else await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(said));
                    asked.Response.Close();
                }
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
            }
        }
    }
}
