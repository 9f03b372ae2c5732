using System.Text.Json;
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
        Schema["$defs"]!["step"]!["allOf"]!.AsArray().Select(kind => kind!["if"]!["properties"]!["uses"]!["const"]!.GetValue<string>()).ShouldBe(StepKinds.All.Keys);

    [Theory]
    [InlineData("model-v1.json")]
    [InlineData("block-v1.json")]
    public void It_stays_as_it_is_kept_in_the_documentation(string file)
    {
        var (kept, text) = (Path.Combine(Written.Root, "docs", "schemas", file), file == "model-v1.json" ? ModelSchema.Text : BlockSchema.Text);
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, text);

        File.ReadAllText(kept).ShouldBe(text, "A change of the document’s notation is a change for everybody who wrote one. Set DEPLOYHUB_WRITE_DOCS to keep it.");
    }

    /// <summary>The part of JSON Schema that the published schema uses; anything else in it is an error here.</summary>
    private sealed class SchemaCheck(JsonObject root)
    {
        private readonly List<string> _faults = [];

        private static readonly string[] Known =
            ["$schema", "$defs", "$ref", "title", "description", "default", "type", "properties", "additionalProperties", "required", "enum", "const", "items", "minItems", "pattern", "minimum", "maximum", "maxItems", "propertyNames", "allOf", "oneOf", "if", "then", "else"];

        public static List<string> Of(JsonObject schema, JsonNode document)
        {
            var check = new SchemaCheck(schema);
            check.Check(schema, document, "$", check._faults);
            return check._faults;
        }

        private void Check(JsonNode schema, JsonNode? node, string path, List<string> faults)
        {
            if (schema.GetValueKind() is JsonValueKind.True) return;
            if (schema.GetValueKind() is JsonValueKind.False)
            {
                faults.Add($"{path} may not stand here");
                return;
            }

            var rules = schema.AsObject();
            rules.Select(rule => rule.Key).ShouldBeSubsetOf(Known);

            if (rules["$ref"] is { } reference) Check(root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!, node, path, faults);
            if (rules["type"] is { } type && !Types(type).Any(name => Is(node, name))) faults.Add($"{path} is no {type}");
            if (rules["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, node))) faults.Add($"{path} is none of {choices.ToJsonString()}");
            if (rules["const"] is { } only && !JsonNode.DeepEquals(only, node)) faults.Add($"{path} is not {only}");
            if (rules["pattern"] is { } pattern && !System.Text.RegularExpressions.Regex.IsMatch(node!.GetValue<string>(), pattern.GetValue<string>())) faults.Add($"{path} does not match");
            if (rules["minimum"] is { } least && node!.GetValue<int>() < least.GetValue<int>()) faults.Add($"{path} is too small");
            if (rules["maximum"] is { } most && node!.GetValue<int>() > most.GetValue<int>()) faults.Add($"{path} is too large");
            if (rules["oneOf"] is JsonArray ways && ways.Count(way => Passes(way!, node)) != 1) faults.Add($"{path} is not exactly one of its forms");
            foreach (var all in rules["allOf"]?.AsArray() ?? []) Check(all!, node, path, faults);
            if (rules["if"] is { } condition && (Passes(condition, node) ? rules["then"] : rules["else"]) is { } branch) Check(branch, node, path, faults);
            if (node is JsonObject members) CheckMembers(rules, members, path, faults);
            if (node is JsonArray items) CheckItems(rules, items, path, faults);
        }

        private void CheckMembers(JsonObject rules, JsonObject members, string path, List<string> faults)
        {
            foreach (var name in rules["required"]?.AsArray() ?? [])
                if (!members.ContainsKey(name!.GetValue<string>())) faults.Add($"{path} lacks {name}");

            foreach (var (name, value) in members)
            {
                if (rules["propertyNames"] is { } names) Check(names, name, $"{path}.{name}", faults);
                if (rules["properties"]?[name] is { } known) Check(known, value, $"{path}.{name}", faults);
                else if (rules["additionalProperties"] is JsonValue closed && !closed.GetValue<bool>()) faults.Add($"{path}.{name} is not known");
                else if (rules["additionalProperties"] is JsonObject others) Check(others, value, $"{path}.{name}", faults);
            }
        }

        private void CheckItems(JsonObject rules, JsonArray items, string path, List<string> faults)
        {
            if (rules["minItems"] is { } least && items.Count < least.GetValue<int>()) faults.Add($"{path} is too short");
            if (rules["maxItems"] is { } most && items.Count > most.GetValue<int>()) faults.Add($"{path} is too long");
            for (var i = 0; i < items.Count; i++)
                if (rules["items"] is { } item) Check(item, items[i], $"{path}[{i}]", faults);
        }

        private bool Passes(JsonNode schema, JsonNode? node)
        {
            var faults = new List<string>();
            Check(schema, node, "", faults);
            return faults.Count == 0;
        }

        private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

        private static bool Is(JsonNode? node, string type) => (node?.GetValueKind(), type) switch
        {
            (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
            (JsonValueKind.Number, "number" or "integer") => true,
            (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
            _ => false,
        };
    }
}
