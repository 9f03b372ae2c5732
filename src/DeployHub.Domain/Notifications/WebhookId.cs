namespace DeployHub.Domain.Notifications;

public readonly record struct WebhookId(Guid Value) : IId<WebhookId>
{
    public static WebhookId New() => new(Guid.CreateVersion7());

    public static WebhookId From(Guid value) => new(value);
}
