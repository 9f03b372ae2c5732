namespace DeployHub.Domain.Models.Blocks;

public readonly record struct BlockVersionId(Guid Value) : IId<BlockVersionId>
{
    public static BlockVersionId New() => new(Guid.CreateVersion7());

    public static BlockVersionId From(Guid value) => new(value);
}
