using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>One place where a model uses a block, as its document has it; what stands there instead are the block's steps.</summary>
/// <param name="Block">Its key.</param>
/// <param name="Version">Its number: pinned, so that a later one changes nothing here.</param>
/// <param name="With">What the model gives for the block's parameters; null for nothing.</param>
/// <param name="As">Tells the names of its steps apart from those of another use; null for the block's own names.</param>
public sealed record BlockUse(string Block, int Version, IReadOnlyDictionary<string, string>? With = null, string? As = null)
{
    /// <summary>Such as <c>wait-until-healthy v2</c>.</summary>
    [JsonIgnore]
    public string InWords => $"{Block} v{Version}";

    /// <summary>Both are written in one place of a list.</summary>
    public bool IsPlaceOf(BlockUse? other) => other is not null && (Block, Version, As) == (other.Block, other.Version, other.As);
}
