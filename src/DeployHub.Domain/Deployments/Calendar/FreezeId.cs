namespace DeployHub.Domain.Deployments.Calendar;

public readonly record struct FreezeId(Guid Value) : IId<FreezeId>
{
    public static FreezeId New() => new(Guid.CreateVersion7());

    public static FreezeId From(Guid value) => new(value);
}
