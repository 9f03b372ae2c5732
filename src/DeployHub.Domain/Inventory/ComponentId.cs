namespace DeployHub.Domain.Inventory;

public readonly record struct ComponentId(Guid Value) : IId<ComponentId>
{
    public static ComponentId New() => new(Guid.CreateVersion7());

    public static ComponentId From(Guid value) => new(value);
}
