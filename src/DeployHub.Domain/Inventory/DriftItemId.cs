namespace DeployHub.Domain.Inventory;

public readonly record struct DriftItemId(Guid Value) : IId<DriftItemId>
{
    public static DriftItemId New() => new(Guid.CreateVersion7());

    public static DriftItemId From(Guid value) => new(value);
}
