namespace DeployHub.Domain.Notifications;

/// <summary>Addresses to which a worker posts for one person. Anybody may name one, so it leads to the chat and nowhere else.</summary>
public static class ChatAddress
{
    public const int Longest = 1000;

    private static readonly Dictionary<WebhookKind, string[]> Hosts = new()
    {
        [WebhookKind.Slack] = ["hooks.slack.com", "hooks.slack-gov.com"],
        [WebhookKind.Teams] = [".webhook.office.com", ".logic.azure.com", ".api.powerplatform.com"],
    };

    /// <summary>Why nothing is posted there; null when it may be.</summary>
    /// <param name="own">Hosts that whoever runs DeployHub allows besides.</param>
    public static Error? Objection(WebhookKind kind, string address, IReadOnlyCollection<string> own)
    {
        if (address.Length > Longest || !Uri.TryCreate(address, UriKind.Absolute, out var known) || known.UserInfo.Length > 0) return NotificationErrors.NoChatAddress;
        if (own.Contains(known.Host, StringComparer.OrdinalIgnoreCase)) return known.Scheme is "https" or "http" ? null : NotificationErrors.NoChatAddress;
        if (known.Scheme != "https" || !known.IsDefaultPort) return NotificationErrors.NoChatAddress;

        var hosts = Hosts[kind];
        return hosts.Any(host => host[0] == '.' ? known.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase) : known.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
            ? null
            : NotificationErrors.ElsewhereThanChat(kind, [.. hosts.Select(host => host[0] == '.' ? $"*{host}" : host)]);
    }
}
