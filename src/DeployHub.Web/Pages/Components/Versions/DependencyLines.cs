using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory.Dependencies;

namespace DeployHub.Web.Pages.Components.Versions;

/// <summary>Dependencies as people type them, one a line: <c>needs shop-api ^2.1 on the same target</c>.</summary>
public static partial class DependencyLines
{
    /// <summary>Null when a line cannot be read; <paramref name="problem"/> then says which.</summary>
    public static IReadOnlyList<Dependency>? Parse(string? text, out string? problem)
    {
        var dependencies = new List<Dependency>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Line().Match(line);
            var versions = match.Groups["versions"].Value is { Length: > 0 } said ? said : "*";
            if (!match.Success || VersionRange.Parse(versions).Error is not null)
            {
                problem = $"“{line}” cannot be read. Write needs, goes with or not with, then a component's key and its versions, such as needs shop-api ^2.1. {VersionRange.Rule}";
                return null;
            }

            dependencies.Add(new Dependency(match.Groups["component"].Value, versions, KindOf(match.Groups["kind"].Value), match.Groups["target"].Success ? DependencyPlace.SameTarget : DependencyPlace.SameEnvironment));
        }

        problem = null;
        return dependencies;
    }

    private static DependencyKind KindOf(string word) => char.ToLowerInvariant(word[0]) switch
    {
        'n' when word.StartsWith("needs", StringComparison.OrdinalIgnoreCase) => DependencyKind.Needs,
        'g' => DependencyKind.GoesWith,
        _ => DependencyKind.NotWith,
    };

    [GeneratedRegex(@"^(?<kind>needs|goes\s+with|not\s+with)\s+(?<component>\S+)(\s+(?<versions>.+?))??(\s+(?<target>on the same target))?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Line();
}
