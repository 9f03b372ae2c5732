namespace DeployHub.Domain.Inventory;

public readonly record struct TrustPolicyId(Guid Value) : IId<TrustPolicyId>
{
    public static TrustPolicyId New() => new(Guid.CreateVersion7());

    public static TrustPolicyId From(Guid value) => new(value);
}
