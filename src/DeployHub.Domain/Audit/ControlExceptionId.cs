namespace DeployHub.Domain.Audit;

public readonly record struct ControlExceptionId(Guid Value) : IId<ControlExceptionId>
{
    public static ControlExceptionId New() => new(Guid.CreateVersion7());

    public static ControlExceptionId From(Guid value) => new(value);
}
