namespace DeployHub.Domain.Deployments.Calendar;

public readonly record struct WindowId(Guid Value) : IId<WindowId>
{
    public static WindowId New() => new(Guid.CreateVersion7());

    public static WindowId From(Guid value) => new(value);
}
