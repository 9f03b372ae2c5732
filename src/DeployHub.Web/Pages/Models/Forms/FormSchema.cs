using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>The model's schema, looked at place by place. Forms ask for what it says, so a new kind of step needs no form of its own.</summary>
internal static class FormSchema
{
    private static readonly JsonObject Root = JsonNode.Parse(ModelSchema.Text)!.AsObject();

    public static JsonObject Model => Root;

    /// <summary>A model that extends another says of a parameter only what differs.</summary>
    public static JsonObject ParameterIn(JsonNode document) => Root[document["extends"] is null ? "else" : "then"]!["properties"]!["parameters"]!["additionalProperties"]!.AsObject();

    public static JsonObject Role => Root["properties"]!["roles"]!["additionalProperties"]!.AsObject();

    public static JsonObject Execute => Root["properties"]!["stages"]!["properties"]!["execute"]!.AsObject();

    public static JsonObject Phase => Execute["properties"]!["phases"]!["oneOf"]!.AsArray().Select(way => way!["items"]).OfType<JsonObject>().First();

    public static JsonObject Step => Root["$defs"]!["step"]!.AsObject();

    /// <summary>A block of the step library in the place of steps.</summary>
    public static JsonObject Use => Root["$defs"]!["use"]!.AsObject();

    public static JsonObject Rollback => Root["properties"]!["rollback"]!.AsObject();

    /// <summary>The shape itself, where one refers to another.</summary>
    public static JsonObject Resolved(JsonObject shape) =>
        shape["$ref"]?.GetValue<string>() is { } other ? Root["$defs"]![other[(other.LastIndexOf('/') + 1)..]]!.AsObject() : shape;

    public static IReadOnlyList<string> Required(JsonObject shape) => shape["required"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];

    public static IReadOnlyList<string> Types(JsonObject shape) => shape["type"] switch
    {
        JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    public static IReadOnlyList<string> Choices(JsonObject shape) => shape["enum"] is JsonArray choices ? [.. choices.Select(choice => choice!.GetValue<string>())] : [];

    /// <summary>What may stand in <c>with</c> of a kind; null when there is no such kind.</summary>
    public static JsonObject? SettingsOf(string? kind) => Step["allOf"]!.AsArray()
        .Where(rule => rule!["if"]!["properties"]!["uses"]!["const"]!.GetValue<string>() == kind)
        .Select(rule => rule!["then"]!["properties"]!["with"] as JsonObject).FirstOrDefault();

    /// <summary>Whether settings of one kind know a name that those of another know, with values of one type.</summary>
    /// <param name="was">Null for a kind that there is not: then the name decides.</param>
    public static bool IsAlike(JsonObject? was, JsonObject now, string name) => now["properties"]?[name] is JsonObject member
        && (was?["properties"]?[name] is not JsonObject former || Types(Resolved(former)).Intersect(Types(Resolved(member))).Any());

    /// <summary>The members of a shape by their names; what a step or probe is told follows from its kind.</summary>
    public static IEnumerable<(string Name, JsonObject Shape)> Members(JsonObject shape, JsonObject? said)
    {
        foreach (var (name, member) in shape["properties"]?.AsObject() ?? [])
            if (name != "with" || shape["allOf"] is null) yield return (name, Resolved(member!.AsObject()));
            else if (SettingsOf($"{said?["uses"]}") is { } settings) yield return (name, settings);
    }

    /// <summary>What a shape says of one of its members or items; null when it has none such.</summary>
    public static JsonObject? Inside(JsonObject shape, JsonNode? said, string part) => DocumentPath.IsIndex(part, out _)
        ? shape["items"] is JsonObject item ? Resolved(item) : null
        : Members(shape, said as JsonObject).Where(member => member.Name == part).Select(member => member.Shape).FirstOrDefault();

    /// <summary>The least that the schema asks for: what is required, empty.</summary>
    public static JsonNode Blank(JsonObject shape) => Resolved(shape) switch
    {
        var choice when Choices(choice) is [var first, ..] => JsonValue.Create(first),
        var named when Types(named).Contains("object") => Blanks(named),
        var list when Types(list).Contains("array") => new JsonArray(),
        var number when Types(number) is ["integer"] => JsonValue.Create(0),
        _ => JsonValue.Create(""),
    };

    private static JsonObject Blanks(JsonObject shape) => new(Required(shape).Select(name => KeyValuePair.Create(name, (JsonNode?)Blank(shape["properties"]![name]!.AsObject()))));

    /// <summary>What stands at a place; null when nothing does.</summary>
    public static JsonNode? At(JsonNode? document, string path)
    {
        foreach (var part in DocumentPath.Parts(path) ?? [])
            document = document switch
            {
                JsonObject members => members[part],
                JsonArray items when DocumentPath.IsIndex(part, out var index) && index < items.Count => items[index],
                _ => null,
            };
        return document;
    }
}
