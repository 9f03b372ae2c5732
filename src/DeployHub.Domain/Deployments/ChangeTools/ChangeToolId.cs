namespace DeployHub.Domain.Deployments.ChangeTools;

public readonly record struct ChangeToolId(Guid Value) : IId<ChangeToolId>
{
    public static ChangeToolId New() => new(Guid.CreateVersion7());

    public static ChangeToolId From(Guid value) => new(value);
}
