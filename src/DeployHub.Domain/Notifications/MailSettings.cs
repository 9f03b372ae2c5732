using System.Net;

namespace DeployHub.Domain.Notifications;

/// <summary>The mail server that an administrator named. There is one.</summary>
public sealed class MailSettings
{
    public const int TheOne = 1;

    private MailSettings() { }

    public int Id { get; private init; } = TheOne;

    public string Host { get; private set; } = "";

    public int Port { get; private set; }

    public MailTls Tls { get; private set; }

    /// <summary>Null where the server asks for no sign-in.</summary>
    public string? User { get; private set; }

    /// <summary>Name of the secret that is the password, never its value; null where the server asks for none.</summary>
    public string? Secret { get; private set; }

    /// <summary>The address that mails come from.</summary>
    public string Sender { get; private set; } = "";

    public string SenderName { get; private set; } = "";

    /// <summary>Mails are sent; what happens meanwhile is not sent later.</summary>
    public bool IsOn { get; private set; }

    public static MailSettings Of(string host, int port, MailTls tls, string? user, string? secret, string sender, string senderName, bool isOn) =>
        new() { Host = host, Port = port, Tls = tls, User = user, Secret = secret, Sender = sender, SenderName = senderName, IsOn = isOn };

    /// <summary>The password would be told to nobody who listens: it is encrypted on its way, or stays on one machine.</summary>
    public static bool KeepsPassword(string host, MailTls tls, string? user) =>
        tls is not MailTls.None || string.IsNullOrWhiteSpace(user) || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Such as <c>deployhub@example.com</c>.</summary>
    public static bool IsMailbox(string? text) => text is { Length: <= 254 } && text.Trim().Split('@') is [{ Length: > 0 }, { Length: > 0 } host]
        && !text.Trim().Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or ',')
        && Uri.CheckHostName(host) is not UriHostNameType.Unknown;

    public void Change(string host, int port, MailTls tls, string? user, string? secret, string sender, string senderName, bool isOn) =>
        (Host, Port, Tls, User, Secret, Sender, SenderName, IsOn) = (host, port, tls, user, secret, sender, senderName, isOn);
}
