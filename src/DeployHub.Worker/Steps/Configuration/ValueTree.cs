using System.Text.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps.Clusters;
using YamlDotNet.Core;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>Reads one value out of JSON or YAML.</summary>
internal static class ValueTree
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = ConfigurationText.MostLevels };

    public static string? Find(ConfigurationFormat format, string text, string path)
    {
        try
        {
            var node = format is ConfigurationFormat.Json ? JsonNode.Parse(text, documentOptions: Reading) : new YamlReader(text).Documents().Select(document => document.Content).FirstOrDefault();
            foreach (var part in ValuePath.Parts(path)) node = Inside(node, part);
            return node is JsonObject or JsonArray ? throw new UneditableException($"has values of its own inside “{path}”: name one of them") : node?.ToString();
        }
        catch (Exception exception) when (exception is JsonException or YamlException or ClusterRefusedException or ArgumentException)
        {
            throw new UneditableException($"is no valid {(format is ConfigurationFormat.Json ? "JSON" : "YAML")}");
        }
    }

    private static JsonNode? Inside(JsonNode? node, string part) => node switch
    {
        JsonObject members => members[part],
        JsonArray items => ValuePath.IsIndex(part, out var index) && index < items.Count ? items[index] : null,
        _ => null,
    };
}
