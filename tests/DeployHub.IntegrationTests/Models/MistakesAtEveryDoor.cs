using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Workers;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models;

/// <summary>What is wrong with a document is told with its line and column by the page and by the API, in the same sentence.</summary>
public sealed class MistakesAtEveryDoor(TestHub hub) : IClassFixture<TestHub>
{
    [Theory]
    [InlineData("name: &n Small\npurpose: *n", 2, 7, "Anchors and tags are not read here")]
    [InlineData("<<: { name: Small }", 2, 1, "is not known here")]
    [InlineData("name: Small\nname: Other", 3, 1, "“name” is written twice.")]
    [InlineData("appliesTo:\n\tkinds: [Software]", 3, 1, "Indent with blanks")]
    [InlineData("name: [Small]", 2, 7, "“name” must be text.")]
    [InlineData("stages:\n  verifyComponents: [{ name: Look, uses: chek-artefacts }]", 3, 42, "There is no kind of step “chek-artefacts”. Did you mean check-artefacts?")]
    [InlineData("extends: SLUG@1", 2, 10, "extend")]
    public async Task Are_told_with_line_and_column_at_the_page_and_by_the_API(string rest, int line, int column, string sentence)
    {
        var slug = await PlannedAsync();
        var document = $"model: {slug}\n{rest.Replace("SLUG", slug)}\n";
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();

        var answer = await client.PostAsync("/api/v1/models/validate", Yaml(document)).Json();
        answer.GetProperty("mayBePublished").GetBoolean().ShouldBeFalse();
        var told = answer.GetProperty("remarks").EnumerateArray().Where(remark => remark.GetProperty("sentence").GetString()!.Contains(sentence)).ToList();
        told.ShouldNotBeEmpty(answer.ToString());
        (told[0].GetProperty("line").GetInt32(), told[0].GetProperty("column").GetInt32()).ShouldBe((line, column), told[0].ToString());

        using var refused = await client.PutAsync($"/api/v1/models/{slug}", Yaml(document));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain($"(line {line}, column {column})");

        using var page = await browser.Submit($"/models/{slug}/versions/1/edit", "Preview", ("Document", document));
        var shown = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        shown.ShouldContain($"data-line=\"{line}\" data-column=\"{column}\"");
        shown.ShouldContain(told[0].GetProperty("sentence").GetString()!);
        shown.ShouldContain(rest.Replace("SLUG", slug).Split('\n')[0], customMessage: "nothing typed is lost");
    }

    [Fact]
    public async Task A_document_of_5_MB_is_refused_in_a_sentence_and_not_lost()
    {
        var slug = await PlannedAsync();
        var document = $"model: {slug}\n# {new string('x', 5 * 1024 * 1024)}";
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();

        (await client.PostAsync("/api/v1/models/validate", Yaml(document)).Problem(HttpStatusCode.RequestEntityTooLarge, "request.too-large")).GetProperty("title").GetString()!.ShouldContain("at most 256 KiB");
        using var page = await browser.Submit($"/models/{slug}/versions/1/edit", "Save", ("Document", document));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var shown = await page.Content.ReadAsStringAsync();
        shown.ShouldContain("256 KiB");
        shown.Length.ShouldBeGreaterThan(document.Length, "the text stands in the form still");
    }

    [Fact]
    public async Task A_secret_that_no_worker_knows_is_remarked_on_where_it_is_named()
    {
        await KnowAsync("shop-db");
        var slug = await PlannedAsync();
        var text = (await hub.AsSystem.Send(new ShowModelVersion(slug, 1))).Done().Yaml
            .Replace("steps: []", "steps:\n      - { name: Install, uses: script, with: { command: [install], environment: { KNOWN: \"${secret:shop-db}\", MISSING: \"${secret:nobody-knows}\" } } }\n#", StringComparison.Ordinal)
            .Replace("verifyDeployment: []", "verifyDeployment: [{ name: Ask, uses: check-http, with: { url: \"http://localhost/\" } }]\n#", StringComparison.Ordinal);
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();

        var answer = await client.PostAsync("/api/v1/models/validate", Yaml(text)).Json();
        answer.GetProperty("mayBePublished").GetBoolean().ShouldBeTrue(answer.ToString());
        var told = answer.GetProperty("remarks").EnumerateArray().Where(remark => remark.GetProperty("rule").GetString() == "model.secret").ShouldHaveSingleItem();
        told.GetProperty("sentence").GetString().ShouldBe("“Install”: no worker knows the secret nobody-knows: a run halts here unless one does by then.");

        using var page = await browser.Submit($"/models/{slug}/versions/1/edit", "Preview", ("Document", text));
        var shown = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        shown.ShouldContain($"data-line=\"{told.GetProperty("line").GetInt32()}\" data-column=\"{told.GetProperty("column").GetInt32()}\"");
        shown.ShouldContain(told.GetProperty("sentence").GetString()!);
    }

    /// <summary>A worker that tells one name.</summary>
    private async Task KnowAsync(string secret) => await hub.Database(async db =>
    {
        var at = hub.Clock.GetUtcNow();
        var worker = WorkerProcess.Enter(TestHub.Unique("worker"));
        worker.Start(Guid.CreateVersion7(), "host", "1.0.0", hands: 1, new Pools([Pools.Default]), at);
        worker.Beat(handsInUse: 0, takesWork: true, at);
        worker.Know([secret]);
        db.Workers.Add(worker);
        return await db.SaveChangesAsync();
    });

    private async Task<string> PlannedAsync()
    {
        var slug = TestHub.Unique("mistaken");
        (await hub.As(Role.DeploymentManager).Send(new CreateModel(slug, "Mistaken", "Shows mistakes.", new ModelIntent("To see them")))).Done();
        return slug;
    }

    private static StringContent Yaml(string document) => new(document, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
}
