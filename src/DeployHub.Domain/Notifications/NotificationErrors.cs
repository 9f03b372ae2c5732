namespace DeployHub.Domain.Notifications;

/// <summary>Every way notifications say no.</summary>
public static class NotificationErrors
{
    public static readonly Error WebhookKeyTaken =
        Error.Invalid("webhook.key-taken", "Key", "Another webhook has this key. Keys are unique and never change; choose another.") with { Kind = ErrorKind.Conflict };

    public static readonly Error WebhookDisabled =
        new(ErrorKind.Conflict, "webhook.disabled", "This webhook is disabled, so nothing is sent. Enable it first.");

    public static readonly Error OnlyPeople =
        new(ErrorKind.Forbidden, "notifications.only-people", "Only people have notices and choose how they are told; programs use webhooks.") { WhoCould = "a person who signed in" };

    public static readonly Error QuietHoursWithoutEnd =
        Error.Invalid("notifications.quiet-hours-without-end", "QuietUntil", "Quiet hours end at another time than they begin. Leave both empty for none.");

    public static readonly Error QuietHoursHalf =
        Error.Invalid("notifications.quiet-hours-half", "QuietUntil", "Say both when quiet hours begin and when they end, or neither.");

    public static readonly Error NoMailServer =
        new(ErrorKind.Conflict, "mail.no-server", "No mail server is named, or mails are switched off, so nothing is sent. Name one first, and switch mails on.");

    public static readonly Error NoChatAddress = Error.Invalid(
        "chat.no-address", "Address", "Write the whole address that the chat gave you for an incoming webhook; it begins with https:// and holds no user name.");

    public static readonly Error NoChat = new(ErrorKind.Conflict, "chat.none", "You have named no chat of yours. Write its address first.");

    public static Error ElsewhereThanChat(WebhookKind kind, IReadOnlyList<string> hosts) => Error.Invalid(
        "chat.elsewhere", "Address", $"Addresses of {Words.Of(kind)} lead to {Words.List(hosts)}. Another one has to be allowed by whoever runs DeployHub, with DeployHub__ChatHosts.");

    public static Error NoSuchZone(string zone) =>
        Error.Invalid("notifications.no-such-zone", "Zone", $"There is no time zone “{zone}”. Write one such as Europe/Berlin or America/New_York.");
}
