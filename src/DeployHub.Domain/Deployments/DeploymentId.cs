namespace DeployHub.Domain.Deployments;

public readonly record struct DeploymentId(Guid Value) : IId<DeploymentId>
{
    public static DeploymentId New() => new(Guid.CreateVersion7());

    public static DeploymentId From(Guid value) => new(value);
}
