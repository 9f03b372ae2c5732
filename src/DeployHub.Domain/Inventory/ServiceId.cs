namespace DeployHub.Domain.Inventory;

public readonly record struct ServiceId(Guid Value) : IId<ServiceId>
{
    public static ServiceId New() => new(Guid.CreateVersion7());

    public static ServiceId From(Guid value) => new(value);
}
