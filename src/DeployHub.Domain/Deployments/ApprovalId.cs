namespace DeployHub.Domain.Deployments;

public readonly record struct ApprovalId(Guid Value) : IId<ApprovalId>
{
    public static ApprovalId New() => new(Guid.CreateVersion7());

    public static ApprovalId From(Guid value) => new(value);
}
