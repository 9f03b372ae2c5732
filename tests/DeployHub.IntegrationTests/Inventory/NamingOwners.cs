using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Inventory;

/// <summary>Owners are people with an account; what was written before that is left alone.</summary>
public sealed class NamingOwners(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task An_owner_is_given_by_address_or_name_kept_by_address_and_shown_by_name()
    {
        var person = await hub.NewPerson("Ines Inventory");
        var (first, second) = (TestHub.Unique("shop"), TestHub.Unique("shop"));
        var manager = hub.As(Role.DeploymentManager);
        (await manager.Send(new RegisterService(first, "Shop", person.Email.ToUpperInvariant()))).Done();
        (await manager.Send(new RegisterEnvironment(second, "Shop", Tier.Test, "Ines Inventory"))).Done();

        (await hub.Database(db => db.Services.SingleAsync(service => service.Key == first))).Owner.ShouldBe(person.Email);
        var service = (await manager.Send(new ShowService(first))).Done();
        (service.Owner, service.OwnerEmail).ShouldBe(("Ines Inventory", person.Email));
        var environment = (await manager.Send(new ShowEnvironment(second))).Done();
        (environment.Owner, environment.OwnerEmail).ShouldBe(("Ines Inventory", person.Email));
        (await manager.Send(new ListServices("ines inv"))).Rows.Select(row => (row.Key, row.Owner)).ShouldContain((first, "Ines Inventory"));
        (await manager.Send(new ListEnvironments(Limit: 200))).Rows.Single(row => row.Key == second).Owner.ShouldBe("Ines Inventory");
    }

    [Fact]
    public async Task Nobody_is_refused_with_what_to_do_through_page_and_api()
    {
        using var client = await hub.ClientFor(Role.DeploymentManager);
        var refused = await client.PostAsJsonAsync("/api/v1/services", new { key = TestHub.Unique("shop"), name = "Shop", owner = "Platform team" })
            .Problem(HttpStatusCode.BadRequest, "owner.unknown");
        refused.GetProperty("errors").GetProperty("owner")[0].GetString()!.ShouldContain("“Platform team”");

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var page = await browser.Submit(
            "/environments/new", null, ("Input.Name", "Pilot"), ("Input.Key", TestHub.Unique("pilot")), ("Input.Tier", "Test"), ("Input.Owner", "Platform team"), ("Input.Order", "1"));
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("an administrator invites people");
        html.ShouldContain("value=\"Platform team\"");
        html.ShouldContain($"<option value=\"{TestHub.Owner}\">");
    }

    [Fact]
    public async Task Of_two_with_one_name_the_address_says_who()
    {
        var (one, _) = (await hub.NewPerson("Twin Twice"), await hub.NewPerson("Twin Twice"));
        var manager = hub.As(Role.DeploymentManager);

        (await manager.Send(new RegisterService(TestHub.Unique("shop"), "Shop", "Twin Twice"))).Refused("owner.several");
        (await manager.Send(new RegisterService(TestHub.Unique("shop"), "Shop", one.Email))).Done();
    }

    [Fact]
    public async Task What_was_written_freely_stays_until_somebody_else_is_named()
    {
        var key = TestHub.Unique("shop");
        (await hub.AsSystem.Send(new RegisterService(key, "Shop", "Platform team"))).Done();
        var manager = hub.As(Role.DeploymentManager);

        (await manager.Send(new DescribeService(key, "Web shop", "Platform team"))).Done();
        var service = (await manager.Send(new ShowService(key))).Done();
        (service.Name, service.Owner, service.OwnerEmail).ShouldBe(("Web shop", "Platform team", null));
        (await manager.Send(new DescribeService(key, "Web shop", "Another team"))).Refused("owner.unknown");
    }
}
