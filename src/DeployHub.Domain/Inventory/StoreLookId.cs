namespace DeployHub.Domain.Inventory;

public readonly record struct StoreLookId(Guid Value) : IId<StoreLookId>
{
    public static StoreLookId New() => new(Guid.CreateVersion7());

    public static StoreLookId From(Guid value) => new(value);
}
