using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>
/// The part of XPath that names one place: <c>/root/child[@key='a'][2]/@attribute</c>. A name without a prefix means that name in whatever
/// namespace; one with a prefix means the prefix as the document binds it.
/// </summary>
internal sealed partial record XmlPath(IReadOnlyList<XmlPath.Step> Steps, string? Attribute)
{
    /// <param name="Where">Attributes, and child elements, that have to have these values.</param>
    /// <param name="Number">From 1 among those that match; 0 takes the only one.</param>
    internal sealed record Step(string Name, IReadOnlyList<(bool IsAttribute, string Name, string Value)> Where, int Number)
    {
        public bool Matches(XElement element) => IsCalled(element.Name, Name, element) && Where.All(condition => condition.IsAttribute
            ? element.Attributes().Any(attribute => !attribute.IsNamespaceDeclaration && IsCalled(attribute.Name, condition.Name, element) && attribute.Value == condition.Value)
            : element.Elements().Any(child => IsCalled(child.Name, condition.Name, child) && child.Value == condition.Value));
    }

    public static XmlPath Of(string path)
    {
        var rest = path;
        var (steps, attribute) = (new List<Step>(), default(string));
        while (rest.Length > 0)
        {
            if (LastAttribute().Match(rest) is { Success: true } last && steps.Count > 0)
            {
                (attribute, rest) = (last.Groups["name"].Value, "");
                break;
            }

            if (OneStep().Match(rest) is not { Success: true } step) throw new UneditableException($"cannot follow “{path}”: write /names/with[@conditions='x']/and/at/most/@one-attribute");
            var where = step.Groups["condition"].Captures.Select(condition => Condition().Match(condition.Value)).Select(condition => (condition.Groups["at"].Success, condition.Groups["name"].Value, condition.Groups["value"].Value));
            steps.Add(new Step(step.Groups["name"].Value, [.. where], step.Groups["number"].Success ? int.Parse(step.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) : 0));
            rest = rest[step.Length..];
        }

        if (steps.Count is 0 or > ConfigurationText.MostLevels) throw new UneditableException($"cannot follow “{path}”: begin with /root");
        return new XmlPath(steps, attribute);
    }

    public static bool IsCalled(XName name, string wanted, XElement at) => wanted.Split(':') switch
    {
        [var local] => name.LocalName == local,
        [var prefix, var local] => name.LocalName == local && at.GetNamespaceOfPrefix(prefix) is { } bound && name.Namespace == bound,
        _ => false,
    };

    [GeneratedRegex(@"^/(?<name>[\p{L}_][\p{L}\p{N}_.-]*(:[\p{L}_][\p{L}\p{N}_.-]*)?)(\[(?<condition>@?[\p{L}_][\p{L}\p{N}_.:-]*\s*=\s*('[^']*'|""[^""]*""))\])*(\[(?<number>[1-9][0-9]{0,5})\])?")]
    private static partial Regex OneStep();

    [GeneratedRegex(@"^/@(?<name>[\p{L}_][\p{L}\p{N}_.:-]*)\z")]
    private static partial Regex LastAttribute();

    [GeneratedRegex(@"^(?<at>@)?(?<name>[^\s=]+)\s*=\s*['""](?<value>.*)['""]\z", RegexOptions.Singleline)]
    private static partial Regex Condition();
}
