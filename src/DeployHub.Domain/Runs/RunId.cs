namespace DeployHub.Domain.Runs;

public readonly record struct RunId(Guid Value) : IId<RunId>
{
    public static RunId New() => new(Guid.CreateVersion7());

    public static RunId From(Guid value) => new(value);
}
