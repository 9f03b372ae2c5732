using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Features.Access;

namespace DeployHub.Features.Models;

/// <summary>What one edition of a model, or a document, says otherwise than another.</summary>
/// <param name="Changes">In the order of the document; empty when both mean the same.</param>
public sealed record ModelDifferences(ModelDifferences.Side From, ModelDifferences.Side To, IReadOnlyList<ModelChange> Changes)
{
    /// <param name="Version">Null for a document that is no version.</param>
    public sealed record Side(string Model, string Name, int? Version)
    {
        internal static Side Of(ModelVersion version, ModelContent said) => new(said.Model, said.Name, version.Number);
    }

    /// <summary>The two documents as they were written; null when one is too long for that, without rows when they are equal.</summary>
    [JsonIgnore]
    public IReadOnlyList<SideBySide.Row>? Text { get; init; }

    /// <summary>Refused with <c>model.has-errors</c> while one of them is a draft that says nothing.</summary>
    internal static Result<ModelDifferences> Between(ModelVersion was, ModelVersion now, Caller caller)
    {
        var (earlier, later) = (was.SaidTo(caller), now.SaidTo(caller));
        if ((earlier.Error ?? later.Error) is { } unreadable) return unreadable;

        return new ModelDifferences(Side.Of(was, earlier.Value.Content), Side.Of(now, later.Value.Content), ModelComparison.Of(earlier.Value.Content, later.Value.Content))
        {
            Text = SideBySide.Of(earlier.Value.Yaml, later.Value.Yaml),
        };
    }
}
