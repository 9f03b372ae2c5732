using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps.Clusters;
using YamlDotNet.Core;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A text in a configuration. Numbers, true and false are none where the format tells them apart.</summary>
/// <param name="Path">Such as <c>database:password</c>.</param>
/// <param name="Name">What stands before the value, or names it.</param>
internal sealed record ConfigurationValue(string Path, string Name, string Text);

/// <summary>A configuration as a whole: its texts, and the tree of JSON or YAML.</summary>
internal sealed record ConfigurationValues(IReadOnlyList<ConfigurationValue> Texts, JsonNode? Tree)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ConfigurationText.MostLevels };

    /// <exception cref="UneditableException">The text is malformed.</exception>
    public static ConfigurationValues Read(ConfigurationFormat format, string text)
    {
        try
        {
            return format switch
            {
                ConfigurationFormat.Json => Of([JsonNode.Parse(text, documentOptions: Strict)]),
                ConfigurationFormat.Yaml => Of([.. new YamlReader(text).Documents().Select(document => document.Content)]),
                ConfigurationFormat.Xml => new ConfigurationValues([.. OfXml(text)], null),
                ConfigurationFormat.Properties => new ConfigurationValues([.. PropertiesText.All(text).Select(entry => new ConfigurationValue(entry.Key, entry.Key.Split('.')[^1], entry.Value))], null),
                _ => new ConfigurationValues([.. EnvText.All(text).Select(entry => new ConfigurationValue(entry.Key, entry.Key, entry.Value))], null),
            };
        }
        catch (Exception exception) when (exception is JsonException or YamlException or ClusterRefusedException or XmlException or ArgumentException or InvalidOperationException)
        {
            throw new UneditableException($"is no {format switch { ConfigurationFormat.Json => "JSON", ConfigurationFormat.Yaml => "YAML", _ => "XML" }} that can be read");
        }
    }

    private static ConfigurationValues Of(JsonNode?[] documents) => new([.. documents.SelectMany(document => In(document, "", ""))], documents.Length == 1 ? documents[0] : null);

    private static IEnumerable<ConfigurationValue> In(JsonNode? node, string path, string name) => node switch
    {
        JsonObject members => members.SelectMany(member => In(member.Value, path.Length == 0 ? member.Key : $"{path}:{member.Key}", NameOf(members, member.Key))),
        JsonArray items => items.SelectMany((item, index) => In(item, $"{path}:{index}", name)),
        JsonValue value when value.TryGetValue<string>(out var text) => [new ConfigurationValue(path, name, text)],
        _ => [],
    };

    /// <summary>In a list of names with values it is the name beside it that tells.</summary>
    private static string NameOf(JsonObject members, string key) =>
        key.Equals("value", StringComparison.OrdinalIgnoreCase) && members["name"] is JsonValue name && name.TryGetValue<string>(out var said) ? said : key;

    private static IEnumerable<ConfigurationValue> OfXml(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        foreach (var element in XDocument.Load(reader).Descendants())
        {
            var path = string.Join('/', element.AncestorsAndSelf().Reverse().Select(ancestor => ancestor.Name.LocalName));
            if (!element.HasElements && element.Value.Length > 0) yield return new ConfigurationValue(path, element.Name.LocalName, element.Value);
            var named = (element.Attribute("key") ?? element.Attribute("name"))?.Value;
            foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
                yield return new ConfigurationValue($"{path}/@{attribute.Name.LocalName}", attribute.Name.LocalName is "value" && named is not null ? named : attribute.Name.LocalName, attribute.Value);
        }
    }
}
