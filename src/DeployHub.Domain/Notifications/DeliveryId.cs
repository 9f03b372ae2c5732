namespace DeployHub.Domain.Notifications;

public readonly record struct DeliveryId(Guid Value) : IId<DeliveryId>
{
    public static DeliveryId New() => new(Guid.CreateVersion7());

    public static DeliveryId From(Guid value) => new(value);
}
