using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployHub.UnitTests.Models;

/// <summary>The part of JSON Schema that the published schema uses; anything else in it is an error here.</summary>
internal sealed class SchemaCheck(JsonObject root)
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
