namespace DeployHub.Domain.Inventory;

public readonly record struct UnmanagedDeploymentId(Guid Value) : IId<UnmanagedDeploymentId>
{
    public static UnmanagedDeploymentId New() => new(Guid.CreateVersion7());

    public static UnmanagedDeploymentId From(Guid value) => new(value);
}
