using System.Text.Json.Serialization;

namespace DeployHub.Domain.Inventory.Dependencies;

/// <summary>How a version stands to another component.</summary>
public enum DependencyKind
{
    /// <summary>The other has to be there, in one of these versions.</summary>
    Needs,

    /// <summary>Where the other is, it has one of these versions.</summary>
    GoesWith,

    /// <summary>The other is not there in one of these versions.</summary>
    NotWith,
}

/// <summary>Where the other component is looked for.</summary>
public enum DependencyPlace
{
    SameEnvironment,
    SameTarget,
}

/// <summary>What a version declares of another component when it is registered; as immutable as the version.</summary>
/// <param name="Component">Key of the other component.</param>
/// <param name="Versions">See <see cref="VersionRange"/>.</param>
public sealed record Dependency(string Component, string Versions = "*", DependencyKind Kind = DependencyKind.Needs, DependencyPlace Where = DependencyPlace.SameEnvironment)
{
    public const int Most = 50;

    /// <summary>Such as “needs shop-api ^2.1 on the same target”.</summary>
    public string InWords() => $"{Verb} {Component} {Which}";

    /// <summary>Such as “^2.1 on the same target”.</summary>
    [JsonIgnore]
    public string Which => $"{(Versions.Trim() == "*" ? "" : $"{Versions.Trim()} ")}{(Where is DependencyPlace.SameTarget ? "on the same target" : "in the same environment")}";

    [JsonIgnore]
    public string Verb => Kind switch
    {
        DependencyKind.Needs => "needs",
        DependencyKind.GoesWith => "goes only with",
        _ => "does not go with",
    };

    /// <summary>It holds for a place where the other has this version.</summary>
    public bool Allows(string label)
    {
        var range = VersionRange.Parse(Versions).Value;
        return Kind is DependencyKind.NotWith ? !range.MayContain(label) : range.Contains(label);
    }
}
