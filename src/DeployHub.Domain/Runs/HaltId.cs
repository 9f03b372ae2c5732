namespace DeployHub.Domain.Runs;

public readonly record struct HaltId(Guid Value) : IId<HaltId>
{
    public static HaltId New() => new(Guid.CreateVersion7());

    public static HaltId From(Guid value) => new(value);
}
