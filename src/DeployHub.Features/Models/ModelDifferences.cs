using System.Text.Json.Serialization;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;

namespace DeployHub.Features.Models;

/// <summary>What one edition of a model, or a document, says otherwise than another.</summary>
/// <param name="Changes">In the order of the document; empty when both mean the same.</param>
public sealed record ModelDifferences(ModelDifferences.Side From, ModelDifferences.Side To, IReadOnlyList<ModelChange> Changes)
{
    /// <param name="Version">Null for a document that is no version.</param>
    public sealed record Side(string Model, string Name, int? Version)
    {
        internal static Side Of(ModelVersion version) => new(version.Content.Model, version.Content.Name, version.Number);
    }

    /// <summary>The two documents as they were written; null when one is too long for that, without rows when they are equal.</summary>
    [JsonIgnore]
    public IReadOnlyList<SideBySide.Row>? Text { get; init; }

    internal static ModelDifferences Between(ModelVersion was, ModelVersion now) =>
        new(Side.Of(was), Side.Of(now), ModelComparison.Of(was.Content, now.Content)) { Text = SideBySide.Of(was.Yaml, now.Yaml) };
}
