using static DeployHub.Domain.Models.Blocks.BlockVersionStatus;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>Shorter than a model's: what a block does is rehearsed with each model that uses it.</summary>
public static class BlockVersionMoves
{
    public static readonly StateTable<BlockVersionStatus, BlockVersionTrigger> Table = new("block-version")
    {
        { Draft, BlockVersionTrigger.Edit, Draft },
        { Draft, BlockVersionTrigger.Publish, Published },
        { Draft, BlockVersionTrigger.Import, Published },
        { Draft, BlockVersionTrigger.Discard, Discarded },
        { Published, BlockVersionTrigger.Retire, Retired },
    };
}
