using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Somebody who can sign in and do nothing else is told whom to ask.</summary>
public sealed class HavingNoRole(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task The_first_page_names_the_administrators_whose_account_is_open()
    {
        await hub.PersonFor(Role.Administrator);
        var former = await hub.NewPerson("Former", new RoleGrant(Role.Administrator));
        (await hub.As(Role.Administrator).Send(new DeactivatePerson(former.Email))).Done();

        var html = await ReadHomeAsync(await hub.NewPerson("Nora"));
        html.ShouldContain("Welcome, Nora");
        html.ShouldContain((await hub.PersonFor(Role.Administrator)).Email);
        html.ShouldNotContain(former.Email);
        html.ShouldNotContain("href=\"/deployments\"");
    }

    [Fact]
    public async Task What_waits_for_a_second_administrator_is_said()
    {
        var nora = await hub.NewPerson("Nora");
        (await hub.As(Role.Administrator).Send(new GrantRole(nora.Email, Role.Auditor))).Done();

        (await ReadHomeAsync(nora)).ShouldContain("waiting for the yes of a second administrator: auditor");
    }

    private async Task<string> ReadHomeAsync(TestPerson person)
    {
        using var browser = await hub.BrowserFor(person);
        using var answer = await browser.Get("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        return await answer.Content.ReadAsStringAsync();
    }
}
