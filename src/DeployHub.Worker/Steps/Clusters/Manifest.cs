using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>One object as somebody wants it.</summary>
internal sealed class Manifest(JsonObject content)
{
    public JsonObject Content => content;

    public string ApiVersion => $"{content["apiVersion"]}";

    public string Kind => $"{content["kind"]}";

    public string Name => $"{content["metadata"]?["name"]}";

    public string? Namespace => content["metadata"]?["namespace"]?.ToString();

    /// <summary>Such as <c>deployment/shop</c>.</summary>
    public string Called => $"{Kind.ToLowerInvariant()}/{Name}";

    /// <summary>Every document, and every item of a list.</summary>
    /// <exception cref="ClusterRefusedException">It is no YAML, or no object of a cluster.</exception>
    public static IReadOnlyList<Manifest> Read(string yaml, string where)
    {
        try
        {
            return [.. new YamlReader(yaml).Documents().SelectMany(document => Objects(document.Content, where, document.Line))];
        }
        catch (YamlException exception)
        {
            throw new ClusterRefusedException($"{where} is no valid YAML (line {exception.Start.Line}).");
        }
    }

    /// <summary>Every container's image in it: of pods, and of what makes pods.</summary>
    public IEnumerable<JsonObject> Containers() => Containers(content);

    public void Annotate(string name, string value)
    {
        var metadata = content["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        annotations[name] = value;
    }

    private static IEnumerable<JsonObject> Containers(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key is "containers" or "initContainers" && member.Value is JsonArray list ? list.OfType<JsonObject>().Where(container => container["image"] is not null) : Containers(member.Value)),
        JsonArray items => items.SelectMany(Containers),
        _ => [],
    };

    private static IEnumerable<Manifest> Objects(JsonNode content, string where, int line)
    {
        if (content is JsonObject { } list && $"{list["kind"]}" == "List" && list["items"] is JsonArray items) return items.SelectMany(item => Objects(item!.DeepClone(), where, line));

        var manifest = content is JsonObject one ? new Manifest(one) : null;
        return manifest is { ApiVersion.Length: > 0, Kind.Length: > 0, Name.Length: > 0 } ? [manifest] : throw new ClusterRefusedException($"{where} holds a document without apiVersion, kind or metadata.name (line {line}).");
    }
}
