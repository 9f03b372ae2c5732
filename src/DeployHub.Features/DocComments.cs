using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeployHub.Features;

/// <summary>The doc comments of messages and step settings, read from the files beside the assemblies, so that the API and models are described where they are written.</summary>
public static partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Read = new();

    public static string? SummaryOf(Type type) => Text(Find(type, $"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>A record's parameter or a property, by its name in either case.</summary>
    public static string? OfProperty(Type type, string name)
    {
        var parameter = Find(type, $"T:{NameOf(type)}")?.Elements("param")
            .FirstOrDefault(param => string.Equals(param.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase));
        var property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return Text(parameter) ?? (property is null ? null : Text(Find(type, $"P:{NameOf(property.DeclaringType!)}.{property.Name}")?.Element("summary")));
    }

    private static XElement? Find(Type type, string member) => Read.GetOrAdd(type.Assembly, Load).GetValueOrDefault(member);

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return assembly.GetName().Name!.StartsWith("DeployHub.", StringComparison.Ordinal) && File.Exists(file)
            ? XDocument.Load(file).Descendants("member").GroupBy(member => member.Attribute("name")!.Value).ToDictionary(member => member.Key, member => member.First())
            : [];
    }

    /// <summary>Plain text: references become the name they point to.</summary>
    private static string? Text(XElement? element)
    {
        if (element is null) return null;

        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.', ':')[^1] ?? see.Attribute("langword")?.Value ?? "",
            XElement { Name.LocalName: "paramref" } parameter => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Attribute("name")?.Value ?? ""),
            _ => "",
        }));
        return Spaces().Replace(Reference().Replace(text, ""), " ").Trim() is { Length: > 0 } plain ? plain : null;
    }

    /// <summary>Where the rule is written down: for those who build, not for those who call.</summary>
    [GeneratedRegex(@"\s*\((?:domain |Appendix )[^)]*\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
