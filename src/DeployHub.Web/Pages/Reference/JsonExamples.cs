using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace DeployHub.Web.Pages.Reference;

/// <summary>What a body looks like, made up from its schema.</summary>
internal static class JsonExamples
{
    private const int DeepEnough = 6;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IOpenApiSchema schema) => Node(schema, 0)?.ToJsonString(Readable) ?? "null";

    private static JsonNode? Node(IOpenApiSchema schema, int depth)
    {
        if (schema.Enum is { Count: > 0 } choices) return choices[0]?.DeepClone();
        if (schema.Const is { } constant) return constant;
        if ((schema.AnyOf ?? schema.OneOf)?.FirstOrDefault(kind => kind.Type is not JsonSchemaType.Null) is { } first) return Node(first, depth);
        if (schema.Properties is { Count: > 0 } properties) return Members(properties, depth);

        return (schema.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Array => schema.Items is { } item && depth < DeepEnough ? new JsonArray(Node(item, depth + 1)) : new JsonArray(),
            JsonSchemaType.Object => schema.AdditionalProperties is { } value ? new JsonObject { ["name"] = Node(value, depth + 1) } : new JsonObject(),
            JsonSchemaType.Boolean => false,
            JsonSchemaType.Integer or JsonSchemaType.Number => 0,
            _ => Text(schema),
        };
    }

    private static JsonObject Members(IDictionary<string, IOpenApiSchema> properties, int depth)
    {
        var members = new JsonObject();
        if (depth >= DeepEnough) return members;
        foreach (var (name, schema) in properties) members[name] = Node(schema, depth + 1);
        return members;
    }

    private static string Text(IOpenApiSchema schema) => schema switch
    {
        { Format: "date-time" } => "2026-03-01T10:00:00Z",
        { Format: "uuid" } => "0195…",
        { Pattern: { } pattern } when pattern.StartsWith("^sha256", StringComparison.Ordinal) => "sha256:…",
        _ => "…",
    };
}
