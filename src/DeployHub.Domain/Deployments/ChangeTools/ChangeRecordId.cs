namespace DeployHub.Domain.Deployments.ChangeTools;

public readonly record struct ChangeRecordId(Guid Value) : IId<ChangeRecordId>
{
    public static ChangeRecordId New() => new(Guid.CreateVersion7());

    public static ChangeRecordId From(Guid value) => new(value);
}
