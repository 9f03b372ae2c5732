using System.Net;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>Nobody finds a partner's link by trying.</summary>
public sealed class TryingLinks(TryingLinks.Strict hub) : IClassFixture<TryingLinks.Strict>
{
    [Fact]
    public async Task One_address_tries_so_often_a_minute_and_no_more()
    {
        using var browser = hub.Browser();
        foreach (var attempt in Enumerable.Range(1, 3)) (await browser.Read($"/p/dho_{attempt}")).ShouldContain("This link is unknown");

        using var refused = await browser.Get("/p/dho_4");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        refused.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain("dho_4");
    }

    public sealed class Strict(TestPostgres postgres) : TestHub(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:Limits:Partners"] = "3" };
    }
}
