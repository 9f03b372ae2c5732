namespace DeployHub.Domain.Deployments.Calendar;

public readonly record struct FreezeExceptionId(Guid Value) : IId<FreezeExceptionId>
{
    public static FreezeExceptionId New() => new(Guid.CreateVersion7());

    public static FreezeExceptionId From(Guid value) => new(value);
}
