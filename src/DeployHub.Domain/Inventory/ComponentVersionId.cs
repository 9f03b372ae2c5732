namespace DeployHub.Domain.Inventory;

public readonly record struct ComponentVersionId(Guid Value) : IId<ComponentVersionId>
{
    public static ComponentVersionId New() => new(Guid.CreateVersion7());

    public static ComponentVersionId From(Guid value) => new(value);
}
