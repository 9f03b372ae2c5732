namespace DeployHub.Domain.Inventory;

public readonly record struct TrustedKeyId(Guid Value) : IId<TrustedKeyId>
{
    public static TrustedKeyId New() => new(Guid.CreateVersion7());

    public static TrustedKeyId From(Guid value) => new(value);
}
