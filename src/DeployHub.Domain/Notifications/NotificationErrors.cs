namespace DeployHub.Domain.Notifications;

/// <summary>Every way notifications say no.</summary>
public static class NotificationErrors
{
    public static readonly Error WebhookKeyTaken =
        Error.Invalid("webhook.key-taken", "Key", "Another webhook has this key. Keys are unique and never change; choose another.") with { Kind = ErrorKind.Conflict };

    public static readonly Error WebhookDisabled =
        new(ErrorKind.Conflict, "webhook.disabled", "This webhook is disabled, so nothing is sent. Enable it first.");
}
