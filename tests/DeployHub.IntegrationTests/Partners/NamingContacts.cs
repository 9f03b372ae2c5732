using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>An account answers for an organisation only with its person knowing, who may leave by page and by API.</summary>
public sealed class NamingContacts(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Whose_account_is_named_hears_of_it_at_once_and_leaves_on_a_page()
    {
        var (bank, sam) = (await OrganisationAsync(), await hub.NewPerson("Sam", new RoleGrant(Role.Stakeholder)));
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Sam at the bank", sam.Email.ToUpperInvariant()))).Done();
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Petra", $"petra@{bank}.example"))).Done();
        await hub.PassOnAsync();

        var notice = (await hub.As(sam).Send(new ListNotices())).Rows.ShouldHaveSingleItem();
        (notice.Type, notice.Subject).ShouldBe((EventTypes.NamedAsContact, bank));
        notice.Sentence.ShouldContain("as a contact of Partner bank");

        using var browser = await hub.BrowserFor(sam);
        (await browser.Read("/account/organisations")).ShouldContain("Sam at the bank");
        using (var left = await browser.Submit("/account/organisations", "Leave", ("key", bank))) left.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Read("/account/organisations")).ShouldContain("You answer for no organisation");
        var contacts = (await hub.As(Role.ReleaseManager).Send(new ShowOrganisation(bank))).Done().Contacts;
        (contacts[0].Ended!.Reason, contacts[0].Ended!.By.Name, contacts[1].Ended).ShouldBe(("Left by their own wish.", sam.Name, null));
        (await (await browser.Submit("/account/organisations", "Leave", ("key", bank))).Content.ReadAsStringAsync()).ShouldContain("You are no contact of an organisation");
    }

    [Fact]
    public async Task By_the_API_as_well_and_nobody_learns_whose_contacts_others_are()
    {
        var (bank, sam) = (await OrganisationAsync(), await hub.NewPerson("Sam", new RoleGrant(Role.Stakeholder)));
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Sam", sam.Email))).Done();
        using var other = await hub.ClientFor(Role.Stakeholder);
        using var own = await (await hub.BrowserFor(sam)).ForApiAsync();

        (await own.GetAsync("/api/v1/own-organisations").Json())[0].GetProperty("key").GetString().ShouldBe(bank);
        (await other.GetAsync("/api/v1/own-organisations").Json()).GetArrayLength().ShouldBe(0);
        foreach (var key in (string[])[bank, TestHub.Unique("none")]) await other.DeleteAsync($"/api/v1/own-organisations/{key}").Problem(HttpStatusCode.Conflict, "organisation.not-your-contact");
        (await own.DeleteAsync($"/api/v1/own-organisations/{bank}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await own.GetAsync("/api/v1/own-organisations").Json()).GetArrayLength().ShouldBe(0);
    }

    private async Task<string> OrganisationAsync()
    {
        var key = TestHub.Unique("bank");
        (await hub.As(Role.ReleaseManager).Send(new RegisterOrganisation(key, "Partner bank"))).Done();
        return key;
    }
}
