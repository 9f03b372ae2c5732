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

    [Fact]
    public void It_knows_every_kind_of_step() =>
        Schema["$defs"]!["step"]!["allOf"]!.AsArray().Select(kind => kind!["if"]!["properties"]!["uses"]!["const"]!.GetValue<string>()).ShouldBe(StepKinds.All.Keys);

    [Fact]
    public void It_stays_as_it_is_kept_in_the_documentation()
    {
        var kept = Path.Combine(Written.Root, "docs", "schemas", "model-v1.json");
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, ModelSchema.Text);

        File.ReadAllText(kept).ShouldBe(ModelSchema.Text, "A change of the document’s notation is a change for everybody who wrote one. Set DEPLOYHUB_WRITE_DOCS to keep it.");
    }

    /// <summary>The part of JSON Schema that the published schema uses; anything else in it is an error here.</summary>
    private static class SchemaCheck
    {
        private static readonly string[] Known =
            ["$schema", "$defs", "$ref", "title", "description", "default", "type", "properties", "additionalProperties", "required", "enum", "const", "items", "minItems", "pattern", "minimum", "maximum", "propertyNames", "allOf", "oneOf", "if", "then"];

        public static List<string> Of(JsonObject schema, JsonNode document)
        {
            var faults = new List<string>();
            Check(schema, document, "$", faults);
            return faults;
        }

        private static void Check(JsonNode schema, JsonNode? node, string path, List<string> faults)
        {
            if (schema.GetValueKind() is JsonValueKind.True) return;
            var rules = schema.AsObject();
            rules.Select(rule => rule.Key).ShouldBeSubsetOf(Known);

            if (rules["$ref"] is { } reference) Check(Schema["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!, node, path, faults);
            if (rules["type"] is { } type && !Types(type).Any(name => Is(node, name))) faults.Add($"{path} is no {type}");
            if (rules["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, node))) faults.Add($"{path} is none of {choices.ToJsonString()}");
            if (rules["const"] is { } only && !JsonNode.DeepEquals(only, node)) faults.Add($"{path} is not {only}");
            if (rules["pattern"] is { } pattern && !System.Text.RegularExpressions.Regex.IsMatch(node!.GetValue<string>(), pattern.GetValue<string>())) faults.Add($"{path} does not match");
            if (rules["minimum"] is { } least && node!.GetValue<int>() < least.GetValue<int>()) faults.Add($"{path} is too small");
            if (rules["maximum"] is { } most && node!.GetValue<int>() > most.GetValue<int>()) faults.Add($"{path} is too large");
            if (rules["oneOf"] is JsonArray ways && ways.Count(way => Passes(way!, node)) != 1) faults.Add($"{path} is not exactly one of its forms");
            foreach (var all in rules["allOf"]?.AsArray() ?? []) Check(all!, node, path, faults);
            if (rules["if"] is { } condition && Passes(condition, node)) Check(rules["then"]!, node, path, faults);
            if (node is JsonObject members) CheckMembers(rules, members, path, faults);
            if (node is JsonArray items) CheckItems(rules, items, path, faults);
        }

        private static void CheckMembers(JsonObject rules, JsonObject members, string path, List<string> faults)
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

        private static void CheckItems(JsonObject rules, JsonArray items, string path, List<string> faults)
        {
            if (rules["minItems"] is { } least && items.Count < least.GetValue<int>()) faults.Add($"{path} is too short");
            for (var i = 0; i < items.Count; i++)
                if (rules["items"] is { } item) Check(item, items[i], $"{path}[{i}]", faults);
        }

        private static bool Passes(JsonNode schema, JsonNode? node)
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
