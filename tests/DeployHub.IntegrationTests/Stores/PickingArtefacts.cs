using System.Net;
using System.Net.Http.Json;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>What lies in a store is looked at by a worker, and picked on the page that registers a version.</summary>
public sealed class PickingArtefacts(WorkingHub hub) : IClassFixture<WorkingHub>, IDisposable
{
    private readonly string _store = Directory.CreateTempSubdirectory("deployhub-store-").FullName;

    public void Dispose() => Directory.Delete(_store, recursive: true);

    [Fact]
    public async Task A_file_is_picked_and_its_digest_read()
    {
        var key = await RegisterAsync("shop/1.0.0.zip", "one");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        var address = $"/components/{key}/versions/new";

        using var listed = await browser.Submit(
            $"{address}?row=0", "Look", ("Input.Label", "1.0.0"), ("Input.Artefacts[0].Name", "package"), ("Input.Artefacts[0].Store", key), ("Input.Artefacts[0].Path", "shop/x"));
        (await listed.Content.ReadAsStringAsync()).ShouldContain("path=shop%2F1.0.0.zip");

        using var picked = await browser.Submit(
            $"{address}?row=0&path=shop%2F1.0.0.zip", "Pick", ("Input.Label", "1.0.0"), ("Input.Artefacts[0].Name", "package"), ("Input.Artefacts[0].Store", key));
        var html = await picked.Content.ReadAsStringAsync();
        html.ShouldContain($"value=\"{Digest.OfText("one")}\"");
        html.ShouldContain("value=\"1.0.0\"", customMessage: "what was typed stays");
    }

    [Fact]
    public async Task A_digest_that_was_left_empty_is_shown_before_anything_is_registered()
    {
        var key = await RegisterAsync("1.0.0.zip", "two");
        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        (string, string)[] typed = [("Input.Label", "1.0.0"), ("Input.Artefacts[0].Name", "package"), ("Input.Artefacts[0].Store", key), ("Input.Artefacts[0].Path", "1.0.0.zip")];

        using var shown = await browser.Submit($"/components/{key}/versions/new", null, typed);
        (await shown.Content.ReadAsStringAsync()).ShouldContain($"value=\"{Digest.OfText("two")}\"");
        (await hub.As(Role.ReleaseManager).Send(new ShowComponentVersion(key, "1.0.0"))).Refused("component-version.not-found");

        using var registered = await browser.Submit($"/components/{key}/versions/new", null, [.. typed, ("Input.Artefacts[0].Digest", Digest.OfText("two").ToString())]);
        registered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_program_asks_and_reads_the_answer_and_trouble_is_said()
    {
        var key = await RegisterAsync("a.zip", "three");
        using var client = await hub.ClientFor(Role.ReleaseManager);

        (await AnswerAsync(client, key, new { question = "Digest", path = "a.zip" })).GetProperty("digest").GetString().ShouldBe(Digest.OfText("three").ToString());
        (await AnswerAsync(client, key, new { question = "Digest", path = "b.zip" })).GetProperty("trouble").GetString()!.ShouldContain("does not exist");
        (await AnswerAsync(client, key, new { question = "Files", path = "" })).GetProperty("files")[0].GetProperty("path").GetString().ShouldBe("a.zip");
        await client.PostAsJsonAsync($"/api/v1/stores/{key}/looks", new { question = "Files", path = "../etc" }).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    private static async Task<System.Text.Json.JsonElement> AnswerAsync(HttpClient client, string store, object question)
    {
        var look = (await client.PostAsJsonAsync($"/api/v1/stores/{store}/looks", question).Json()).GetProperty("key").GetString();
        System.Text.Json.JsonElement answer = default;
        await TestHub.Until(async () => (answer = await client.GetAsync($"/api/v1/stores/{store}/looks/{look}").Json()).GetProperty("isAnswered").GetBoolean(), "a worker answers");
        return answer;
    }

    /// <summary>A component and a store of one key, with one file in it.</summary>
    private async Task<string> RegisterAsync(string path, string content)
    {
        var key = TestHub.Unique("picked");
        var file = Path.Combine(_store, key, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, Encoding.UTF8.GetBytes(content));
        (await hub.AsSystem.Send(new RegisterStore(key, key, StoreKind.Folder, Path.Combine(_store, key)))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(key, key, TestHub.Owner))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(key, key, key, ComponentKind.Software))).Done();
        return key;
    }
}
