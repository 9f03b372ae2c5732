using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models;

/// <summary>Which published version of another model one extends, and what it sets otherwise there.</summary>
/// <param name="Model">Slug of the model that it extends.</param>
/// <param name="Version">That one's number: pinned, so that a later version changes nothing here.</param>
/// <param name="Parameters">What it says of that one's parameters, as it is written.</param>
public sealed record ModelExtension(string Model, int Version, IReadOnlyList<ParameterOverride> Parameters)
{
    /// <summary>Such as <c>rolling-web-service v7</c>.</summary>
    [JsonIgnore]
    public string InWords => $"{Model} v{Version}";
}

/// <summary>What a model that extends another says of one of its parameters; null leaves that as it is there.</summary>
public sealed record ParameterOverride(
    string Name, string? Default = null, Mutability? Mutability = null, string? Minimum = null, string? Maximum = null, IReadOnlyList<string>? Choices = null);
