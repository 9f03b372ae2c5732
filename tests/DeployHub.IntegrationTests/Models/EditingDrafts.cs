using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>A draft is changed place by place, by programs and by forms alike.</summary>
public sealed class EditingDrafts(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly ModelIntent Intent = new("Less waiting");

    [Fact]
    public async Task Programs_send_JSON_Patch_and_are_told_what_is_left()
    {
        using var estate = await DraftedAsync();
        using var client = await hub.ClientFor(Role.DeploymentManager);
        var address = $"/api/v1/models/{estate.Name}/versions/2";
        var before = await TextAsync(estate);

        var answer = await PatchAsync(client, address, """[{"op":"add","path":"/stages/execute/soak","value":"soon"}]""", "application/json-patch+json").Json();
        answer.GetProperty("isComplete").GetBoolean().ShouldBeFalse();
        answer.GetProperty("remarks").EnumerateArray().Where(remark => remark.GetProperty("severity").GetString() == "Error").ShouldHaveSingleItem();
        (await PatchAsync(client, address, """[{"op":"replace","path":"/stages/execute/soak","value":"5m"}]""", "application/json").Json()).GetProperty("isComplete").GetBoolean().ShouldBeTrue();
        (await TextAsync(estate)).Split('\n').Except(before.Split('\n')).ShouldBe(["    soak: 5m"]);

        await PatchAsync(client, address, """[{"op":"test","path":"/approach","value":"Canary"},{"op":"remove","path":"/rollback"}]""").Problem(HttpStatusCode.Conflict, "model.edit-test-failed");
        await PatchAsync(client, address, """[{"op":"add","path":"/name"}]""").Problem(HttpStatusCode.BadRequest, "invalid");
        await PatchAsync(client, address, """[{"op":"copy","path":"/name"}]""").Problem(HttpStatusCode.BadRequest, "json.wrong-value");
        await PatchAsync(client, address, "[]").Problem(HttpStatusCode.BadRequest, "invalid");
        await PatchAsync(client, address, "[null]").Problem(HttpStatusCode.BadRequest, "invalid");
        (await PatchAsync(client, address, "model: x", "application/yaml")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        await PatchAsync(client, $"/api/v1/models/{estate.Name}/versions/9", """[{"op":"remove","path":"/name"}]""").Problem(HttpStatusCode.NotFound, "model-version.not-found");
        await PatchAsync(client, $"/api/v1/models/{estate.Name}/versions/1", """[{"op":"remove","path":"/name"}]""").Problem(HttpStatusCode.Conflict, "model.frozen");
    }

    [Fact]
    public async Task Two_who_edit_at_once_are_told()
    {
        using var estate = await DraftedAsync();
        using var client = await hub.ClientFor(Role.DeploymentPractitioner);
        var address = $"/api/v1/models/{estate.Name}/versions/2";
        var seen = (await client.GetAsync(address)).Headers.ETag!;

        (await PatchAsync(client, address, """[{"op":"add","path":"/stages/execute/soak","value":"1m"}]""", ifMatch: seen)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PatchAsync(client, address, """[{"op":"add","path":"/stages/execute/soak","value":"2m"}]""", ifMatch: seen).Problem(HttpStatusCode.PreconditionFailed, "changed-meanwhile");
        (await TextAsync(estate)).ShouldContain("soak: 1m");
    }

    [Fact]
    public async Task Who_may_not_write_models_may_not_edit_them_either()
    {
        using var estate = await DraftedAsync();

        (await hub.As(Role.Auditor).Send(new EditModelVersion(estate.Name, 2, [new DocumentEdit(EditOperation.Add, "/name", JsonValue.Create("Other"))]))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_form_changes_its_step_and_shows_what_the_document_says_of_it()
    {
        using var estate = await DraftedAsync();
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var address = $"/models/{estate.Name}/versions/2";

        (await browser.Read($"{address}/form")).ShouldContain("id=\"at-stages-execute-steps-0\"");
        var open = WebUtility.HtmlDecode(await browser.Read($"{address}/form?at=/stages/execute/steps/0"));
        open.ShouldContain("name=\"at/stages/execute/steps/0/timeout\"");
        (await hub.As(Role.DeploymentManager).Send(new EditModelVersion(estate.Name, 2, [new DocumentEdit(EditOperation.Add, "/stages/execute/steps/0/retries", JsonValue.Create(9))]))).Done().Remarks.ShouldNotBeEmpty();
        WebUtility.HtmlDecode(await browser.Read($"{address}/form")).ShouldContain("automatic retries go from 0 to 3");
        (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(estate.Name, 2, "model: ["))).Done();
        WebUtility.HtmlDecode(await browser.Read($"{address}/form")).ShouldContain("The document cannot be read yet");
    }

    private async Task<Estate> DraftedAsync()
    {
        var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        (await hub.As(Role.DeploymentPractitioner).Send(new DraftModelVersion(estate.Name, Intent))).Done().ShouldBe(2);
        return estate;
    }

    private async Task<string> TextAsync(Estate estate) => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Yaml;

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, string address, string body, string type = "application/json-patch+json", EntityTagHeaderValue? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (ifMatch is not null) request.Headers.IfMatch.Add(ifMatch);
        return await client.SendAsync(request);
    }
}
