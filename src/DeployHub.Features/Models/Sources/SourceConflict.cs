using System.Text.Json.Serialization;
using DeployHub.Domain;

namespace DeployHub.Features.Models.Sources;

/// <summary>A draft and a text from Git, of which a person chooses one.</summary>
/// <param name="Ours">The draft's text.</param>
/// <param name="Theirs">Git's.</param>
public sealed record SourceConflict(string Ours, string Theirs)
{
    /// <summary>What a decision sends back: it is one about these two texts.</summary>
    public string Seen => Digest.OfText($"{Ours}\0{Theirs}").Hex;

    /// <summary>The two beside each other; null when one is too long for that, without rows when only their line ends differ.</summary>
    [JsonIgnore]
    public IReadOnlyList<SideBySide.Row>? Text => SideBySide.Of(Ours, Theirs);
}
