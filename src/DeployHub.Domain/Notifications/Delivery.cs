namespace DeployHub.Domain.Notifications;

public enum DeliveryStatus
{
    /// <summary>Is sent, or sent again, when it is due.</summary>
    Waiting,

    /// <summary>The receiver answered 200 to 299.</summary>
    Delivered,

    /// <summary>Every try failed; a person may replay it.</summary>
    GivenUp,
}

/// <summary>
/// One message for one webhook. It is stored in the transaction in which the thing happened and delivered at least once (domain CR-5):
/// whoever takes it may be lost, then the next one sends it again, under the same id.
/// </summary>
public sealed class Delivery
{
    /// <summary>How long after each failed try the next one follows: the schedule that Standard Webhooks recommend, 77 hours in all.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private const int Gone = 410;

    private Delivery() { }

    public DeliveryId Id { get; private init; }

    /// <summary>Grows from one message to the next.</summary>
    public long Number { get; private init; }

    public WebhookId WebhookId { get; private init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>What it is about, such as the name of a run.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The JSON that is posted, the same at every try.</summary>
    public string Body { get; private init; } = "";

    public DateTimeOffset At { get; private init; }

    public DeliveryStatus Status { get; private set; }

    /// <summary>When it is sent next; while somebody sends it, when somebody else may. Null when it is settled.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>How often it was sent since it was last asked for.</summary>
    public int Tries { get; private set; }

    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>What came back at the last try.</summary>
    public string? Answer { get; private set; }

    /// <summary>The id that a receiver recognises a message by when it comes twice.</summary>
    public string MessageId => $"msg_{Id.Value:N}";

    /// <summary>A message that tries the receiver.</summary>
    public static Delivery OfTest(Webhook webhook, string body, DateTimeOffset at) =>
        Of(webhook, EventTypes.Test, webhook.Key, body, at);

    public static Delivery Of(Webhook webhook, string type, string subject, string body, DateTimeOffset at) =>
        new() { Id = DeliveryId.New(), WebhookId = webhook.Id, Type = type, Subject = subject, Body = body, At = at, DueAt = at };

    /// <summary>Somebody sends it now; when nothing is heard of it by the end of <paramref name="lease"/>, it is sent again.</summary>
    public void Take(TimeSpan lease, DateTimeOffset at) => (Tries, TriedAt, DueAt) = (Tries + 1, at, at + lease);

    /// <summary>The receiver has it, or will be asked again, or has failed too often. A receiver that is gone or never there disables its webhook.</summary>
    /// <param name="status">The HTTP status; null when no answer came.</param>
    /// <param name="answer">One line for people.</param>
    public void Settle(Webhook webhook, int? status, string answer, DateTimeOffset at)
    {
        Answer = answer;
        if (status is >= 200 and < 300) (Status, DueAt) = (DeliveryStatus.Delivered, null);
        else if (status is Gone) GiveUp(webhook, $"Its receiver answered {Gone}: it is gone.", at);
        else if (Tries > Pauses.Length) GiveUp(webhook, $"A message could not be delivered in {Tries} tries.", at);
        else DueAt = at + Pauses[Tries - 1];
    }

    /// <summary>Sends it once more from the beginning, whatever became of it.</summary>
    public void Replay(DateTimeOffset at) => (Status, DueAt, Tries) = (DeliveryStatus.Waiting, at, 0);

    private void GiveUp(Webhook webhook, string because, DateTimeOffset at)
    {
        (Status, DueAt) = (DeliveryStatus.GivenUp, null);
        webhook.Disable(because, at);
    }
}
