namespace DeployHub.Domain.Models.Blocks;

public readonly record struct BlockId(Guid Value) : IId<BlockId>
{
    public static BlockId New() => new(Guid.CreateVersion7());

    public static BlockId From(Guid value) => new(value);
}
