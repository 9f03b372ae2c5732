namespace DeployHub.Domain.Inventory;

public readonly record struct StoreId(Guid Value) : IId<StoreId>
{
    public static StoreId New() => new(Guid.CreateVersion7());

    public static StoreId From(Guid value) => new(value);
}
