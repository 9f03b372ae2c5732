using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Access;

/// <summary>Programs act as the person whose token they show: with that person's roles, and no longer than that person may.</summary>
public sealed partial class UsingPersonalTokens(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_token_made_on_the_page_acts_as_its_person_and_what_it_does_says_so()
    {
        var dora = await hub.NewPerson("Dora", new RoleGrant(Role.DeploymentManager));
        using var program = hub.WithToken(await MadeOnThePageAsync(dora, "laptop", TokenScope.Everything));
        var slug = TestHub.Unique("model");

        var me = await program.GetAsync("/api/v1/me").Json();
        (me.GetProperty("name").GetString(), me.GetProperty("token").GetProperty("name").GetString()).ShouldBe(("Dora", "laptop"));
        (await PlanAsync(program, slug)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var drafted = await hub.Database(db => db.VersionsOf(slug).SingleAsync());
        (drafted.CreatedBy.Id, drafted.CreatedBy.Via).ShouldBe((dora.Id.ToString(), "laptop"));
        (await hub.As(dora).Send(new ListPersonalTokens())).Done().Rows.ShouldHaveSingleItem().LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Roles_that_are_taken_away_are_taken_from_the_token_at_once()
    {
        var person = await hub.NewPerson("Rita", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken(await TokenOf(person));
        (await program.GetAsync("/api/v1/services")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var grant = await hub.Database(db => db.Grants.SingleAsync(grant => grant.Holder == person.Id.ToString()));
        (await hub.As(Role.Administrator).Send(new RevokeGrant(grant.Id.Value))).Done();

        await program.GetAsync("/api/v1/services").Problem(HttpStatusCode.Forbidden, "access.not-permitted");
    }

    [Fact]
    public async Task A_token_that_only_reads_changes_nothing()
    {
        var person = await hub.NewPerson("Rolf", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken(await TokenOf(person, TokenScope.ReadOnly));

        (await program.GetAsync("/api/v1/services")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await program.PostAsJsonAsync("/api/v1/services", new { key = TestHub.Unique("shop"), name = "Shop", owner = "Mara" })
            .Problem(HttpStatusCode.Forbidden, "access.token-only-reads");
        refused.GetProperty("title").GetString()!.ShouldContain("“laptop”");
    }

    [Fact]
    public async Task No_token_manages_access_or_opens_a_page()
    {
        var administrator = await hub.NewPerson("Adam", new RoleGrant(Role.Administrator));
        using var program = hub.WithToken(await TokenOf(administrator));

        await program.PostAsJsonAsync("/api/v1/personal-tokens", new { name = "another", scope = "Everything" }).Problem(HttpStatusCode.Forbidden, "access.token-by-token");
        await program.GetAsync("/api/v1/people").Problem(HttpStatusCode.Forbidden, "access.not-by-token");
        await program.PostAsJsonAsync("/api/v1/role-grants", new { email = administrator.Email, role = "Auditor" }).Problem(HttpStatusCode.Forbidden, "access.not-by-token");
        await program.GetAsync("/api/v1/personal-tokens?ofEverybody=true").Problem(HttpStatusCode.Forbidden, "access.not-by-token");
        (await program.GetAsync("/account")).Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task Its_owner_and_administrators_revoke_it_and_nobody_else()
    {
        var owner = await hub.NewPerson("Olga", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken(await TokenOf(owner));
        var id = (await hub.As(owner).Send(new ListPersonalTokens())).Done().Rows.Single().Id;

        (await hub.As(Role.DeploymentManager).Send(new RevokePersonalToken(id))).Refused("personal-token.not-found");
        (await hub.As(Role.DeploymentManager).Send(new ListPersonalTokens(OfEverybody: true))).Refused("access.not-permitted");
        (await hub.As(Role.Administrator).Send(new ListPersonalTokens(OfEverybody: true, Limit: 200))).Done().Rows
            .ShouldContain(row => row.Id == id && row.Owner == "Olga" && row.IsValid);

        using var browser = await hub.BrowserFor(Role.Administrator);
        (await browser.Submit("/admin/personal-tokens", "Revoke", ("id", id.ToString()))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await program.GetAsync("/api/v1/services").Problem(HttpStatusCode.Unauthorized, "access.sign-in-needed");
        (await hub.As(owner).Send(new RevokePersonalToken(id))).Refused("access.already-revoked");
    }

    [Fact]
    public async Task A_token_revokes_itself_when_it_was_seen_by_others()
    {
        var owner = await hub.NewPerson("Lea", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken(await TokenOf(owner));
        var id = (await program.GetAsync("/api/v1/personal-tokens").Json())[0].GetProperty("id").GetGuid();

        (await program.DeleteAsync($"/api/v1/personal-tokens/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Closing_the_account_ends_its_tokens_for_good()
    {
        var leaver = await hub.NewPerson("Lennart", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken(await TokenOf(leaver));

        (await hub.As(Role.Administrator).Send(new DeactivatePerson(leaver.Email))).Done();
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await hub.As(Role.Administrator).Send(new ReactivatePerson(leaver.Email))).Done();
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_expires()
    {
        var person = await hub.NewPerson("Eva", new RoleGrant(Role.ReleaseManager));
        using var program = hub.WithToken((await hub.As(person).Send(new CreatePersonalToken("short", TokenScope.Everything, hub.Clock.GetUtcNow().AddMinutes(1)))).Done());
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Segregation_of_duties_sees_the_person()
    {
        var manager = await hub.NewPerson("Dana", new RoleGrant(Role.DeploymentManager));
        var slug = TestHub.Unique("model");
        using var program = hub.WithToken(await TokenOf(manager));
        (await PlanAsync(program, slug)).EnsureSuccessStatusCode();

        var drafted = await hub.Database(db => db.VersionsOf(slug).SingleAsync());
        drafted.Editors.ShouldHaveSingleItem().Is(manager.Actor).ShouldBeTrue();
    }

    [Fact]
    public async Task Programs_have_no_person_to_act_as()
    {
        using var program = await hub.ProgramFor();
        await program.PostAsJsonAsync("/api/v1/personal-tokens", new { name = "mine" }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        (await hub.AsSystem.Send(new CreatePersonalToken("mine"))).Refused("access.tokens-are-of-people");
    }

    [Fact]
    public async Task What_was_typed_is_there_again_when_it_is_refused()
    {
        var person = await hub.NewPerson("Tom", new RoleGrant(Role.ReleaseManager));
        await TokenOf(person);
        using var browser = await hub.BrowserFor(person);

        using var answer = await browser.Submit("/account/tokens", null, ("Input.Name", "laptop"), ("Input.Scope", "Everything"), ("Input.ExpiresAt", "2199-01-01"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain("must expire in the future");
        page.ShouldContain("value=\"laptop\"");
        page.ShouldNotContain("id=\"token\"");
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ends()
    {
        var person = await hub.NewPerson("Pia", new RoleGrant(Role.ReleaseManager));
        foreach (var name in new[] { "first", "second", "third" })
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
            (await hub.As(person).Send(new CreatePersonalToken(name))).Done();
        }

        var page = (await hub.As(person).Send(new ListPersonalTokens(Limit: 2))).Done();
        page.Rows.Select(row => row.Name).ShouldBe(["third", "second"]);
        (await hub.As(person).Send(new ListPersonalTokens(After: page.Next, Limit: 2))).Done().Rows.ShouldHaveSingleItem().Name.ShouldBe("first");
        (await hub.As(person).Send(new ListPersonalTokens(After: "nonsense"))).Done().Rows.Count.ShouldBe(3);
    }

    private async Task<string> TokenOf(TestPerson person, TokenScope scope = TokenScope.Everything) => (await hub.As(person).Send(new CreatePersonalToken("laptop", scope))).Done();

    private static Task<HttpResponseMessage> PlanAsync(HttpClient program, string slug) =>
        program.PostAsJsonAsync("/api/v1/models", new { slug, name = "Planned", purpose = "Brings things.", intent = new { need = "Less waiting" } });

    private async Task<string> MadeOnThePageAsync(TestPerson person, string name, TokenScope scope)
    {
        using var browser = await hub.BrowserFor(person);
        var expires = hub.Clock.GetUtcNow().AddDays(90).ToString("yyyy-MM-dd");
        using var answer = await browser.Submit("/account/tokens", null, ("Input.Name", name), ("Input.Scope", scope.ToString()), ("Input.ExpiresAt", expires));
        var page = await answer.Content.ReadAsStringAsync();
        (await browser.Read("/account/tokens")).ShouldNotContain(PersonalToken.Prefix);
        return Shown().Match(page).Groups[1].Value;
    }

    [GeneratedRegex("<code id=\"token\">(dhp_[A-Za-z0-9_-]+)</code>")]
    private static partial Regex Shown();
}
