namespace DeployHub.Domain.Inventory;

public readonly record struct TargetId(Guid Value) : IId<TargetId>
{
    public static TargetId New() => new(Guid.CreateVersion7());

    public static TargetId From(Guid value) => new(value);
}
