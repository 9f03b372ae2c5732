using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Starters on their page and in the API, and what a new model takes over.</summary>
public sealed class BeginningWithAStarter(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly ModelIntent Intent = new("Less work by hand");

    [Fact]
    public async Task The_page_shows_them_and_the_form_is_filled_in()
    {
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var gallery = await browser.Read("/models/starters?shown=blue-green-haproxy");
        gallery.ShouldContain("Rolling service on hosts");
        gallery.ShouldContain("/models/new?starter=shipped%3Arolling-service");
        gallery.ShouldContain("Keep users away from it");

        var form = await browser.Read("/models/new?starter=shipped:rolling-service");
        form.ShouldContain("value=\"Rolling service on hosts\"");
        form.ShouldContain("value=\"rolling-service\"");
        form.ShouldContain("What “Rolling service on hosts” needs");
        using var auditor = await hub.BrowserFor(Role.Auditor);
        (await auditor.Read("/models/starters")).ShouldNotContain("/models/new?starter=");
    }

    [Fact]
    public async Task A_program_reads_them_and_begins_a_model_with_one()
    {
        using var client = await hub.ClientFor(Role.DeploymentManager);
        var listed = await client.GetAsync("/api/v1/model-starters").Json();
        var first = listed.EnumerateArray().Single(row => row.GetProperty("slug").GetString() is "database-migration");
        (first.GetProperty("approach").GetString(), first.GetProperty("kinds")[0].GetString(), first.GetProperty("starter").GetString()).ShouldBe(("BigBang", "Data", "shipped:database-migration"));
        first.GetProperty("needs").GetArrayLength().ShouldBeGreaterThan(3);

        using var document = await client.GetAsync("/api/v1/model-starters/database-migration");
        document.Content.Headers.ContentType!.MediaType.ShouldBe("application/yaml");
        (await document.Content.ReadAsStringAsync()).ShouldStartWith("# A migration");
        await client.GetAsync("/api/v1/model-starters/no-such").Problem(HttpStatusCode.NotFound, "model-starter.not-found");

        var slug = TestHub.Unique("orders");
        var model = new { slug, name = "Orders", purpose = "Migrates orders.", intent = new { need = "No lost orders" }, starter = "shipped:database-migration" };
        await client.PostAsJsonAsync("/api/v1/models", model with { starter = "shipped:no-such" }).Problem(HttpStatusCode.BadRequest, "model.no-shipped-starter");
        await client.PostAsJsonAsync("/api/v1/models", model).Json();
        var draft = (await hub.As(Role.DeploymentManager).Send(new ShowModelVersion(slug, 1))).Done();
        draft.Yaml.ShouldStartWith("# A migration");
        draft.Content!.ShouldSatisfyAllConditions(content => content.Name.ShouldBe("Orders"), content => content.Rollback.Method.ShouldBe(RollbackMethod.RestoreBackup));
    }

    [Fact]
    public async Task A_model_of_the_house_that_is_called_as_a_starter_is_never_mistaken_for_it()
    {
        var author = hub.As(Role.DeploymentManager);
        var own = DocumentHead.Of(Features.Models.Starters.Find("licence-change")!.Yaml, "emergency-fix", "Ours", "Not what ships.");
        (await author.Send(new ImportModel("emergency-fix", own))).Done();

        (await ApproachOfAsync("emergency-fix")).ShouldBe(Approach.BigBang);
        (await ApproachOfAsync("shipped:emergency-fix")).ShouldBe(Approach.Rolling);

        async Task<Approach> ApproachOfAsync(string starter)
        {
            var slug = TestHub.Unique("begun");
            (await author.Send(new CreateModel(slug, "Begun", "Begins with something.", Intent, starter))).Done();
            return (await author.Send(new ShowModelVersion(slug, 1))).Done().Content!.Approach;
        }
    }
}
