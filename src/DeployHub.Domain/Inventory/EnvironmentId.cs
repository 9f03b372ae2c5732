namespace DeployHub.Domain.Inventory;

public readonly record struct EnvironmentId(Guid Value) : IId<EnvironmentId>
{
    public static EnvironmentId New() => new(Guid.CreateVersion7());

    public static EnvironmentId From(Guid value) => new(value);
}
