namespace DeployHub.Domain.Runs.Verifying;

public readonly record struct DryVerificationId(Guid Value) : IId<DryVerificationId>
{
    public static DryVerificationId New() => new(Guid.CreateVersion7());

    public static DryVerificationId From(Guid value) => new(value);
}
