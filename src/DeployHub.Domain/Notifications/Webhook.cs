namespace DeployHub.Domain.Notifications;

/// <summary>Another system that is told of what happens here, by messages signed as Standard Webhooks say.</summary>
public sealed class Webhook
{
    private Webhook() { }

    public WebhookId Id { get; private init; }

    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public WebhookKind Kind { get; private init; }

    /// <summary>Where messages are posted; without user and password. Empty for a chat, whose address is a secret.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Name of the secret that signs; never its value. Its value is a key in base64, such as <c>whsec_…</c>; of a chat's secret it is the address.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>Which of <see cref="EventTypes.Names"/> it is told of.</summary>
    public IReadOnlyList<string> Events { get; private set; } = [];

    /// <summary>Key of the only service it is told of; null for all.</summary>
    public string? Service { get; private set; }

    /// <summary>Key of the only environment it is told of; null for all.</summary>
    public string? Environment { get; private set; }

    /// <summary>Since when it is told nothing; null while it is.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>One sentence: who or what disabled it.</summary>
    public string? DisabledBecause { get; private set; }

    public static Webhook Create(string key, string name, string url, string secret, IEnumerable<string> events, string? service, string? environment, WebhookKind kind = WebhookKind.Program) =>
        new() { Id = WebhookId.New(), Kind = kind, Key = key, Name = name, Url = url, Secret = secret, Events = InOrder(events), Service = service, Environment = environment };

    public void Change(string name, string url, string secret, IEnumerable<string> events, string? service, string? environment) =>
        (Name, Url, Secret, Events, Service, Environment) = (name, url, secret, InOrder(events), service, environment);

    /// <summary>What happens from now on is not told, and what waits is kept.</summary>
    public void Disable(string because, DateTimeOffset at)
    {
        if (DisabledAt is null) (DisabledAt, DisabledBecause) = (at, because);
    }

    public void Enable() => (DisabledAt, DisabledBecause) = (null, null);

    private static string[] InOrder(IEnumerable<string> events) => [.. EventTypes.Names.Intersect(events)];
}
