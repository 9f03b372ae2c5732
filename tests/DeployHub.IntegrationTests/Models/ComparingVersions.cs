using System.Net;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>What changed between two versions of a model, for people and for programs.</summary>
public sealed class ComparingVersions(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Two_versions_and_a_document_that_is_none_are_compared_in_words_and_line_by_line()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var address = $"/models/{estate.Name}";
        var first = await DocumentAsync(estate, 1);
        var second = first.Replace("batches: 1", "batches: 20%", StringComparison.Ordinal).Replace("timeout: 1m }", "timeout: 2m }", StringComparison.Ordinal);
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, second))).Done();
        using var browser = await hub.BrowserFor(Role.Auditor);

        (await browser.Read(address)).ShouldContain($"{address}/compare?from=1&amp;to=2");
        (await browser.Read($"{address}/versions/2")).ShouldContain("What changed since v1");
        var page = WebUtility.HtmlDecode(await browser.Read($"{address}/compare"));
        page.ShouldContain("batch size 1 → 20 %");
        page.ShouldContain("“Bring it” now has 2 min (was 1 min)");
        page.ShouldContain("<code>    phases: { batches: 20% }</code>");
        WebUtility.HtmlDecode(await browser.Read($"{address}/compare?from=2&to=2")).ShouldContain("They mean the same");
        (await browser.Get($"{address}/compare?from=1&to=9")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var client = await hub.ClientFor(Role.Auditor);
        var told = await client.GetAsync($"/api/v1{address}/compare?from=1&to=2").Json();
        told.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("place").GetProperty("path").GetString()).ShouldContain("stages.execute.phases.batches");
        var draft = await client.PostAsync($"/api/v1{address}/compare?with=2", Yaml(second.Replace("name: Install", "name: Roll out", StringComparison.Ordinal))).Json();
        draft.GetProperty("changes")[0].GetProperty("sentence").GetString().ShouldBe("“Install” is now called “Roll out”");
        draft.GetProperty("to").TryGetProperty("version", out var version).ShouldBe(version.ValueKind is System.Text.Json.JsonValueKind.Null);
        await client.PostAsync($"/api/v1{address}/compare?with=2", Yaml("model: [")).Problem(HttpStatusCode.BadRequest, "model.invalid");
        await client.GetAsync($"/api/v1{address}/compare?from=1&to=9").Problem(HttpStatusCode.NotFound, "model-version.not-found");
    }

    [Fact]
    public async Task Versions_of_two_models_are_compared_as_well()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        using var other = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), batches: 2);
        using var browser = await hub.BrowserFor(Role.Auditor);

        WebUtility.HtmlDecode(await browser.Read($"/models/{estate.Name}/compare?from=1&to=1&fromModel={other.Name}")).ShouldContain("batch size 2 → 1");
    }

    private async Task<string> DocumentAsync(Estate estate, int version) => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, version))).Done().Yaml;

    private static StringContent Yaml(string document) => new(document, Encoding.UTF8, "application/yaml");
}
