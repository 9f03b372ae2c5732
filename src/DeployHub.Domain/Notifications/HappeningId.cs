namespace DeployHub.Domain.Notifications;

public readonly record struct HappeningId(Guid Value) : IId<HappeningId>
{
    public static HappeningId New() => new(Guid.CreateVersion7());

    public static HappeningId From(Guid value) => new(value);
}
