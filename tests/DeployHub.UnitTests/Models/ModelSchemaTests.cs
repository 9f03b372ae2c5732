using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

public sealed class ModelSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(ModelSchema.Text)!.AsObject();

    [Theory]
    [InlineData("rolling-web-service")]
    [InlineData("ring-web-service")]
    [InlineData("rolling-ssh-service")]
    [InlineData("manual-checklist")]
    [InlineData("rack-server-swap")]
    [InlineData("process-rollout")]
    public void Shipped_models_follow_it(string slug) =>
        SchemaCheck.Of(Schema, ModelDocument.Json(Written.Content(Written.Shipped(slug)))).ShouldBeEmpty();

    [Theory]
    [InlineData("\"approach\":\"Rolling\"", "\"approach\":\"Waterfall\"")]
    [InlineData("\"uses\":\"upload\"", "\"uses\":\"download\"")]
    [InlineData("\"to\":", "\"into\":")]
    [InlineData("\"afterLoss\":\"RunAgain\"", "\"afterLos\":\"RunAgain\"")]
    [InlineData("\"timeout\":\"2m\"", "\"retries\":4")]
    [InlineData("\"command\":[\"sh\",\"install.sh\"]", "\"command\":\"sh install.sh\"")]
    [InlineData("\"name\":\"Small\",", "")]
    public void What_the_reader_refuses_the_schema_refuses_too(string was, string now)
    {
        var json = ModelDocument.Json(Written.Content()).ToJsonString();
        json.ShouldContain(was);
        SchemaCheck.Of(Schema, JsonNode.Parse(json)!).ShouldBeEmpty();

        SchemaCheck.Of(Schema, JsonNode.Parse(json.Replace(was, now))!).ShouldNotBeEmpty();
        ModelDocument.Read(json.Replace(was, now), DocumentFormat.Json).Content.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"maximum\":3", "\"maximum\":3,\"type\":\"Text\"")]
    [InlineData("\"extends\":\"small@2\"", "\"extends\":\"small\"")]
    [InlineData("\"extends\":\"small@2\"", "\"extends\":\"small@2\",\"rollback\":{\"method\":\"RedeployPrevious\"}")]
    public void A_model_that_extends_another_follows_it_or_is_refused_by_both(string was, string now)
    {
        var json = ModelDocument.Json(Shelf.Read("{ model: large, name: Large, purpose: More., extends: small@2, parameters: { size: { default: 1, maximum: 3 } } }").Content!).ToJsonString();
        json.ShouldContain(was);
        var changed = was.Length == 0 ? json : json.Replace(was, now, StringComparison.Ordinal);

        (SchemaCheck.Of(Schema, JsonNode.Parse(changed)!).Count == 0).ShouldBe(was.Length == 0);
        (ModelDocument.Read(changed, Shelf.Library, format: DocumentFormat.Json).Content is not null).ShouldBe(was.Length == 0);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"use\":\"wait-until-healthy@2\"", "\"use\":\"wait-until-healthy\"")]
    [InlineData("\"use\":\"wait-until-healthy@2\"", "\"use\":\"wait-until-healthy@2\",\"timeout\":\"5m\"")]
    [InlineData("\"within\":\"5m\"", "\"within\":[5]")]
    public void A_model_that_uses_a_block_follows_it_or_is_refused_by_both(string was, string now)
    {
        var json = ModelDocument.Json(Shelf.Read(Shelf.Using("    - { use: wait-until-healthy@2, with: { url: \"http://a\", within: 5m } }")).Content!).ToJsonString();
        json.ShouldContain(was);
        var changed = was.Length == 0 ? json : json.Replace(was, now, StringComparison.Ordinal);

        (SchemaCheck.Of(Schema, JsonNode.Parse(changed)!).Count == 0).ShouldBe(was.Length == 0);
        (ModelDocument.Read(changed, Shelf.Library, format: DocumentFormat.Json).Content is not null).ShouldBe(was.Length == 0);
    }

    [Fact]
    public void Blocks_follow_theirs()
    {
        var schema = JsonNode.Parse(BlockSchema.Text)!.AsObject();
        foreach (var text in new[] { Shelf.Block, Shelf.Probe }) SchemaCheck.Of(schema, BlockDocument.Json(Shelf.Content(text))).ShouldBeEmpty();

        var json = BlockDocument.Json(Shelf.Content(Shelf.Block)).ToJsonString();
        foreach (var (was, now) in new[] { ("\"type\":\"Text\"", "\"type\":\"Word\""), ("\"purpose\":", "\"use\":"), ("\"uses\":\"wait\"", "\"use\":\"probe@1\"") })
            SchemaCheck.Of(schema, JsonNode.Parse(json.Replace(was, now, StringComparison.Ordinal))!).ShouldNotBeEmpty(was);
    }

    [Fact]
    public void It_knows_every_kind_of_step() =>
        Schema["$defs"]!["step"]!["allOf"]!.AsArray().Select(kind => kind!["if"]!["properties"]!["uses"]!["const"]!.GetValue<string>()).ShouldBe(StepKinds.InModels.Keys);

    [Theory]
    [InlineData("model-v1.json")]
    [InlineData("block-v1.json")]
    public void It_stays_as_it_is_kept_in_the_documentation(string file)
    {
        var (kept, text) = (Path.Combine(Written.Root, "docs", "schemas", file), file == "model-v1.json" ? ModelSchema.Text : BlockSchema.Text);
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, text);

        File.ReadAllText(kept).ShouldBe(text, "A change of the document’s notation is a change for everybody who wrote one. Set DEPLOYHUB_WRITE_DOCS to keep it.");
    }
}
