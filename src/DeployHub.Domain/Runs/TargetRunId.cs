namespace DeployHub.Domain.Runs;

public readonly record struct TargetRunId(Guid Value) : IId<TargetRunId>
{
    public static TargetRunId New() => new(Guid.CreateVersion7());

    public static TargetRunId From(Guid value) => new(value);
}
