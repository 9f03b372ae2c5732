using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Hosting;

/// <summary>Addresses that are keys stand in no log, however much is logged, in no page that says what went wrong, and go into no other request.</summary>
public sealed class KeepingKeysOutOfSight(TestHub hub) : IClassFixture<TestHub>
{
    private const string Guessed = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCdE";

    [Fact]
    public async Task No_log_has_a_token_though_everything_is_logged()
    {
        var bank = TestHub.Unique("bank");
        (await hub.As(Role.ReleaseManager).Send(new RegisterOrganisation(bank, "Bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.Blocks))).Done();
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Petra", "petra@bank.example"))).Done();
        var token = (await hub.As(Role.ReleaseManager).Send(new MakePartnerLink(bank, 1))).Done();
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings__DeployHub"] = hub.ConnectionString,
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Trace",
        };
        await using var web = DeployHubProcess.Start(settings, "--roles", "web", "--no-demo", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(await web.ReadyAsync()) };

        (await http.GetStringAsync($"/p/{token}")).ShouldContain("This link is for Petra");
        using (var unsigned = await http.PostAsync($"/p/{token}?handler=Freeze", new FormUrlEncodedContent([new("Freeze.Name", "Closing")]))) unsigned.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var address in new[] { $"/p/{Guessed}", $"/p/{token}/more", $"/calendar/feeds/dhc_{Guessed}.ics", $"/calendar/feeds/dhc_{Guessed}/services/web.ics", $"/by-link?token=dhl_{Guessed}", $"/welcome?token={Guessed}" })
            using (var answer = await http.GetAsync(address)) answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, address);

        await TestHub.Until(() => Task.FromResult(web.Output.Contains("/welcome", StringComparison.Ordinal)), "the last request is logged", 20);
        web.Output.ShouldContain("/p/…");
        web.Output.Split('\n').Where(line => line.Contains(token[PartnerLink.TokenPrefix.Length..], StringComparison.Ordinal) || line.Contains(Guessed, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_answer_at_such_an_address_sends_it_on_and_no_error_page_shows_it()
    {
        using var browser = hub.Browser();
        foreach (var address in new[] { $"/p/{Guessed}", $"/p/{Guessed}/more", $"/calendar/feeds/{Guessed}.ics", $"/calendar/feeds/{Guessed}/nothing", $"/by-link?token={Guessed}", $"/welcome?token={Guessed}" })
        {
            using var answer = await browser.Get(address);
            answer.Headers.Location.ShouldBeNull($"{address} leads nowhere else");
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"], address);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(address);
            if (answer.StatusCode is HttpStatusCode.NotFound) (await answer.Content.ReadAsStringAsync()).ShouldNotContain(Guessed);
        }

        using var usual = await browser.Get("/sign-in");
        usual.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }
}
