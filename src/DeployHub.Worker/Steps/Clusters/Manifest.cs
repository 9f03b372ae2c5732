using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>One object as somebody wants it.</summary>
internal sealed class Manifest(JsonObject content)
{
    private const int MostLevels = 64;
    private const int MostNodes = 200_000;

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

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
            var manifests = new List<Manifest>();
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out var begins))
            {
                var left = MostNodes;
                if (ToJson(Yaml.Deserialize<object?>(parser), 0, ref left) is { } content) manifests.AddRange(Objects(content, where, (int)begins.Start.Line));
            }

            return manifests;
        }
        catch (YamlException exception)
        {
            throw new ClusterRefusedException($"{where} is no valid YAML (line {exception.Start.Line}).");
        }
    }

    /// <summary>Every container's image in it: of pods, and of what makes pods.</summary>
    public IEnumerable<JsonObject> Containers() => Containers(content);

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

    private static JsonNode? ToJson(object? value, int depth, ref int left)
    {
        if (depth > MostLevels || --left < 0) throw new ClusterRefusedException("The manifests nest too deep or are too large.");
        switch (value)
        {
            case IDictionary<object, object?> map:
                var members = new JsonObject();
                foreach (var (key, member) in map) members[Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""] = ToJson(member, depth + 1, ref left);
                return members;
            case IEnumerable<object?> list:
                var items = new JsonArray();
                foreach (var item in list) items.Add(ToJson(item, depth + 1, ref left));
                return items;
            case null:
                return null;
            case string text:
                return JsonValue.Create(text);
            case bool flag:
                return JsonValue.Create(flag);
            case float or double or decimal:
                return JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture));
            case ulong large:
                return JsonValue.Create(large);
            default:
                return JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
    }
}
