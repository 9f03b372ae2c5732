using System.Net;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Blocks;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>The step library, models that use it, and models that extend others; for people and for programs.</summary>
public sealed class BuildingOfBlocks(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly ModelIntent Intent = new("Less waiting");

    [Fact]
    public async Task A_block_is_drafted_published_by_a_second_person_used_and_taken_over_when_a_later_version_is_there()
    {
        var (key, author) = (TestHub.Unique("block"), await hub.PersonFor(Role.DeploymentPractitioner));
        (await hub.As(author).Send(new CreateBlock(key, "Settle", "Lets things settle."))).Done().ShouldBe(key);
        (await hub.As(author).Send(new CreateBlock(key, "Settle", "Again."))).Refused("block.key-in-use");
        (await hub.As(author).Send(new WriteBlockVersion(key, 1, Block(key, "5s")))).Done().IsComplete.ShouldBeTrue();
        var digest = (await hub.AsSystem.Send(new ShowBlockVersion(key, 1))).Done().Digest.ToString();
        (await hub.As(author).Send(new PublishBlockVersion(key, 1, digest, "First."))).Refused("access.not-permitted");

        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var text = Using(await DocumentAsync(estate, 1), $"{key}@1");
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, text))).Refused("model.invalid").Fields.Values.SelectMany(messages => messages)
            .ShouldContain(message => message.Contains($"v1 of {key} is a draft", StringComparison.Ordinal) && message.Contains("line", StringComparison.Ordinal));
        (await hub.As(Role.DeploymentManager).Send(new PublishBlockVersion(key, 1, digest, "First."))).Done();
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, text))).Done().Number.ShouldBe(2);
        (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Content!.VerifyDeployment[^1].ShouldSatisfyAllConditions(step => step.Name.ShouldBe("Let it settle"), step => step.Use!.InWords.ShouldBe($"{key} v1"));

        (await hub.As(Role.DeploymentManager).Send(new ImportBlock(key, Block(key, "30s")))).Done().Number.ShouldBe(2);
        (await hub.As(Role.DeploymentManager).Send(new ImportBlock(key, Block(key, "30s")))).Done().IsNew.ShouldBeFalse();
        (await hub.AsSystem.Send(new ListBlockUses(key))).Done().Rows.ShouldHaveSingleItem().ShouldBe(new ListBlockUses.Row(estate.Name, estate.Name, 2, ModelVersionStatus.Published, 1, null, true));
        var proposal = (await hub.AsSystem.Send(new ListModelUpdates(estate.Name))).Done().Proposals.ShouldHaveSingleItem();
        (proposal.Part, proposal.Name, proposal.From, proposal.To, proposal.CanBeWritten).ShouldBe((BuildingPart.Block, key, 1, 2, true));
        proposal.Changes.ShouldHaveSingleItem().Sentence.ShouldBe("“Let it settle”: for 5 s → 30 s");

        (await hub.As(Role.Approver).Send(new TakeModelUpdate(estate.Name, BuildingPart.Block, key, 2))).Refused("access.not-permitted");
        (await hub.As(author).Send(new TakeModelUpdate(estate.Name, BuildingPart.Block, key, 2))).Done().ShouldBe(3);
        (await hub.As(author).Send(new TakeModelUpdate(estate.Name, BuildingPart.Block, key, 2))).Refused("model.nothing-to-update");
        (await DocumentAsync(estate, 3)).ShouldBe(text.Replace($"{key}@1", $"{key}@2", StringComparison.Ordinal));
        (await hub.AsSystem.Send(new ListModelUpdates(estate.Name))).Done().Proposals.ShouldBeEmpty();
        (await hub.AsSystem.Send(new ListBlockUses(key))).Done().Rows.Select(row => (row.Version, row.BlockVersion, row.IsBehind)).ShouldBe([(2, 1, true), (3, 2, false)]);

        (await hub.As(Role.DeploymentManager).Send(new RetireBlockVersion(key, 1, "It passes too early."))).Done();
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, text))).Done().Remarks.ShouldContain(remark => remark.Sentence.Contains("is retired: It passes too early.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_extends_a_published_one_and_is_offered_its_later_version()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var slug = TestHub.Unique("extending");
        (await hub.As(Role.DeploymentManager).Send(new CreateModel(slug, "Extending", "Shows it.", Intent, Extends: "nothing-like-it"))).Refused("model.not-extensible");
        (await hub.As(Role.DeploymentManager).Send(new CreateModel(slug, "Extending", "Shows it.", Intent, Extends: estate.Name))).Done();

        var draft = (await hub.AsSystem.Send(new ShowModelVersion(slug, 1))).Done();
        (draft.Content!.Extends!.InWords, draft.Content.Name).ShouldBe(($"{estate.Name} v1", "Extending"));
        var theirs = (await DocumentAsync(estate, 1)).Replace("batches: 1", "batches: 2", StringComparison.Ordinal);
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, theirs))).Done();
        (await hub.AsSystem.Send(new ListModelUpdates(slug))).Done().Proposals.ShouldHaveSingleItem().Changes.Select(change => change.Sentence).ShouldBe(["batch size 1 → 2"]);
        (await hub.As(Role.DeploymentManager).Send(new TakeModelUpdate(slug, BuildingPart.Model, estate.Name, 2))).Done().ShouldBe(1);

        var written = (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(slug, 1, $"model: {slug}\nname: E\npurpose: F.\nextends: {estate.Name}@9\nrollback: {{ method: Irreversible }}\n"))).Done();
        written.Remarks.Select(remark => (remark.Path, remark.Line)).ShouldBe([("extends", 4), ("rollback", 5)]);
    }

    [Fact]
    public async Task Pages_lead_from_the_library_to_where_it_is_used_and_what_would_change()
    {
        var key = TestHub.Unique("paged");
        (await hub.As(Role.DeploymentManager).Send(new ImportBlock(key, Block(key, "5s")))).Done();
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(estate.Name, Using(await DocumentAsync(estate, 1), $"{key}@1")))).Done();
        (await hub.As(Role.DeploymentManager).Send(new ImportBlock(key, Block(key, "9s")))).Done();
        using var browser = await hub.BrowserFor(Role.DeploymentManager);

        (await browser.Read("/blocks")).ShouldContain(key);
        var block = WebUtility.HtmlDecode(await browser.Read($"/blocks/{key}"));
        block.ShouldContain($"/models/{estate.Name}#updates");
        block.ShouldContain($"- {{ use: {key}@2 }}");
        var model = WebUtility.HtmlDecode(await browser.Read($"/models/{estate.Name}"));
        model.ShouldContain("“Let it settle”: for 5 s → 9 s");
        model.ShouldContain($"/blocks/{key}/versions/1");
        (await browser.Get($"/blocks/{key}/versions/7")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get("/blocks/nothing-like-it")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Programs_read_and_write_the_library()
    {
        var key = TestHub.Unique("program");
        using var client = await hub.ClientFor(Role.DeploymentManager);

        (await client.PutAsync($"/api/v1/blocks/{key}", Yaml(Block(key, "5s")))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await client.PutAsync($"/api/v1/blocks/{key}", Yaml(Block(key, "5s")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await client.PutAsync($"/api/v1/blocks/{key}", Yaml(Block(key, "soon"))).Problem(HttpStatusCode.BadRequest, "block.invalid");
        refused.GetProperty("errors").GetProperty("steps[0].with.for")[0].GetString()!.ShouldContain("(line ");
        (await client.PutAsync($"/api/v1/blocks/{key}", Yaml(Block("another", "5s"))).Problem(HttpStatusCode.BadRequest, "block.key-differs")).ShouldNotBe(default);
        (await client.GetAsync($"/api/v1/blocks/{key}/versions/1").Json()).GetProperty("mayStandIn").EnumerateArray().Select(list => list.GetString()).ShouldContain("verifyDeployment");
        (await client.PostAsync("/api/v1/blocks/validate", Yaml(Block(key, "5s"))).Json()).GetProperty("mayBePublished").GetBoolean().ShouldBeTrue();
        (await client.GetStringAsync("/schemas/block/v1.json")).ShouldContain("DeployHub block");
    }

    private static string Block(string key, string time) => $"block: {key}\nname: Settle\npurpose: Lets things settle.\nsteps:\n  - {{ name: Let it settle, uses: wait, with: {{ for: {time} }} }} # waits\n";

    /// <summary>The document with a block as the last step before the rollback.</summary>
    private static string Using(string document, string block)
    {
        var rollback = document.IndexOf("\nrollback:", StringComparison.Ordinal);
        return $"{document[..rollback]}\n    - use: {block} # from the library{document[rollback..]}";
    }

    private async Task<string> DocumentAsync(Estate estate, int version) => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, version))).Done().Yaml;

    private static StringContent Yaml(string document) => new(document, Encoding.UTF8, "application/yaml");
}
