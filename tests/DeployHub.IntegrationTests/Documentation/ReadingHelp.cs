using System.Net;
using DeployHub.Domain.Access;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Documentation;

/// <summary>The guides as pages.</summary>
public sealed class ReadingHelp(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Whoever_signed_in_reads_searches_and_finds_the_way_from_a_page()
    {
        using var browser = await hub.BrowserFor(Role.Auditor);

        (await browser.Read("/help")).ShouldContain("href=\"/help/models\"");
        (await browser.Read("/help/models")).ShouldContain("<h2 id=\"the-step-library\">");
        (await browser.Read("/help?q=step+library")).ShouldContain("href=\"/help/models#the-step-library\"");
        (await browser.Read("/help?q=nosuchword")).ShouldContain("No guide holds all these words.");
        (await browser.Read("/models/starters")).ShouldContain("href=\"/help/starters\"");
        (await browser.Client.GetAsync("/help/no-such-guide")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Client.GetAsync("/help/README")).Headers.Location!.OriginalString.ShouldBe("/help");
    }

    [Fact]
    public async Task Nobody_reads_it_without_signing_in() =>
        (await hub.Anonymous().GetAsync("/help")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
}
