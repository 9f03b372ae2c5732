using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Notifications;

public enum DeliveryStatus
{
    /// <summary>Is sent, or sent again, when it is due.</summary>
    Waiting,

    /// <summary>The receiver answered 200 to 299, or the mail server took it.</summary>
    Delivered,

    /// <summary>Every try failed, or there is no reason to send it any more; a person may replay it.</summary>
    GivenUp,
}

/// <summary>
/// One message for one webhook, or one mail for one person or for one contact of an organisation. It is stored in the transaction in which the thing happened and delivered at least once (domain CR-5):
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

    private const int Gone = 410, NotFound = 404; // which a chat answers for a channel that is no more

    /// <summary>So often, in seven and a half hours, is tried what cannot be written; then it is set aside until a person replays it.</summary>
    private const int MostTriesUnwritten = 6;

    /// <summary>A chat that is not found may be so for a moment: at this try more than two hours have passed since the first.</summary>
    private const int TriesUntilNotFoundCounts = 5;

    /// <summary>How soon somebody looks again whether a worker can send it.</summary>
    private static readonly TimeSpan UnsentPause = TimeSpan.FromMinutes(5);

    /// <summary>No receiver puts anything off for longer, whatever it asks for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>How long a mail server may be away, or a secret missing, until what waits for it is old news.</summary>
    private static readonly TimeSpan Keeps = TimeSpan.FromDays(3);

    /// <summary>A mail server that was away for a day is not waited for much longer once it is back.</summary>
    private static readonly TimeSpan LongestMailPause = TimeSpan.FromMinutes(15);

    private Delivery() { }

    public DeliveryId Id { get; private init; }

    /// <summary>Grows from one message to the next.</summary>
    public long Number { get; private init; }

    /// <summary>Null for a mail.</summary>
    public WebhookId? WebhookId { get; private init; }

    /// <summary>The account that a mail, or a message to a chat of its own, is for; null for a webhook, and for a contact of an organisation.</summary>
    public Guid? Person { get; private init; }

    /// <summary>The kind of the person's own chat; null for a mail and for a webhook.</summary>
    public WebhookKind? Chat { get; private init; }

    /// <summary>Whose contact a letter is for; null for every other message.</summary>
    public OrganisationId? OrganisationId { get; private init; }

    /// <summary>Number of that contact within the organisation.</summary>
    public int? Contact { get; private init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>What it is about, such as the name of a run.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The JSON that is posted, or that a mail is written from: the same at every try, but for a letter, which says what is so when it is sent.</summary>
    public string Body { get; private set; } = "";

    public DateTimeOffset At { get; private init; }

    public DeliveryStatus Status { get; private set; }

    /// <summary>When it is sent next; while somebody sends it, when somebody else may. Null when it is settled.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>How often it was sent since it was last asked for.</summary>
    public int Tries { get; private set; }

    /// <summary>Grows with every try and every replay: what came of an older try counts no more.</summary>
    public int Fence { get; private set; }

    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>When a person last asked for it anew: from then on it is kept as long as at first. Null while nobody has.</summary>
    public DateTimeOffset? ReplayedAt { get; private set; }

    /// <summary>What came back at the last try.</summary>
    public string? Answer { get; private set; }

    /// <summary>The id that a receiver recognises a message by when it comes twice.</summary>
    public string MessageId => $"msg_{Id.Value:N}";

    /// <summary>A message that tries the receiver.</summary>
    public static Delivery OfTest(Webhook webhook, string body, DateTimeOffset at) =>
        Of(webhook, EventTypes.Test, webhook.Key, body, at);

    public static Delivery Of(Webhook webhook, string type, string subject, string body, DateTimeOffset at) =>
        new() { Id = DeliveryId.New(), WebhookId = webhook.Id, Type = type, Subject = subject, Body = body, At = at, DueAt = at };

    /// <param name="due">When it is sent: later than now in quiet hours.</param>
    public static Delivery ByMail(Guid person, string type, string subject, string body, DateTimeOffset at, DateTimeOffset due) =>
        new() { Id = DeliveryId.New(), Person = person, Type = type, Subject = subject, Body = body, At = at, DueAt = due };

    /// <param name="due">When it is sent: later than now in quiet hours.</param>
    public static Delivery ByChat(PersonalChat chat, string type, string subject, string body, DateTimeOffset at, DateTimeOffset due) =>
        new() { Id = DeliveryId.New(), Person = chat.Person, Chat = chat.Kind, Type = type, Subject = subject, Body = body, At = at, DueAt = due };

    /// <summary>A mail for somebody without an account. The link that goes with it is made when it is sent, and no part of this.</summary>
    public static Delivery ByLetter(OrganisationId organisation, int contact, string type, string subject, string body, DateTimeOffset at) =>
        new() { Id = DeliveryId.New(), OrganisationId = organisation, Contact = contact, Type = type, Subject = subject, Body = body, At = at, DueAt = at };

    /// <summary>Somebody sends it now; when nothing is heard of it by the end of <paramref name="lease"/>, it is sent again.</summary>
    /// <returns>The fence of this try.</returns>
    public int Take(TimeSpan lease, DateTimeOffset at)
    {
        (Tries, TriedAt, DueAt) = (Tries + 1, at, at + lease);
        return ++Fence;
    }

    /// <summary>Nobody took it since, or asked for it anew: what came of this try may be stored.</summary>
    public bool IsHeldBy(int fence) => fence == Fence && DueAt is not null;

    /// <summary>What a letter says, as things are when it is sent.</summary>
    public void Rewrite(string body) => Body = body;

    /// <summary>The receiver has it, or will be asked again, or has failed too often. A receiver that is gone or never there disables its webhook.</summary>
    /// <param name="status">The HTTP status; null when no answer came.</param>
    /// <param name="answer">One line for people.</param>
    /// <param name="wait">How long the receiver asks to be left alone; null where it asks for nothing.</param>
    public void Settle(Webhook webhook, int? status, string answer, DateTimeOffset at, TimeSpan? wait = null)
    {
        Answer = answer;
        if (status is >= 200 and < 300) (Status, DueAt) = (DeliveryStatus.Delivered, null);
        else if (IsGone(webhook, status)) GiveUp(webhook, $"Its receiver answered {status}: it is gone.", at);
        else if (Tries > Pauses.Length) GiveUp(webhook, $"A message could not be delivered in {Tries} tries.", at);
        else DueAt = at + Later(Pauses[Tries - 1], wait);
    }

    /// <summary>It was not sent, and that is no fault of its receiver: somebody may mend it for three days, and no try is used up.</summary>
    /// <param name="because">One line for people.</param>
    public void LeaveUnsent(string because, DateTimeOffset at)
    {
        (Tries, Answer) = (Tries - 1, because);
        if (IsKeptAt(at)) DueAt = at + UnsentPause;
        else (Status, DueAt) = (DeliveryStatus.GivenUp, null);
    }

    /// <summary>It cannot be written as it is, which may be mended: it is tried a few times more, and then set aside. No receiver is at fault, so none is disabled.</summary>
    /// <param name="because">One line for people.</param>
    public void LeaveUnwritten(string because, DateTimeOffset at)
    {
        Answer = because;
        if (Tries < MostTriesUnwritten) DueAt = at + Pauses[Tries - 1];
        else (Status, DueAt) = (DeliveryStatus.GivenUp, null);
    }

    /// <summary>
    /// The mail server has it, or will be asked again for three days. A mailbox that takes nothing gets nothing more until its owner chooses anew;
    /// other channels do not wait for any of that.
    /// </summary>
    /// <param name="words">One line for people.</param>
    public void Settle(NotificationChoices choices, MailAnswer came, string words, DateTimeOffset at)
    {
        Settle(came, words, at);
        if (came is MailAnswer.MailboxRefused) choices.RefuseMail(words, at);
    }

    /// <summary>The same for a letter: whoever keeps the contacts of an organisation sees by the answer that a mailbox is no more.</summary>
    public void Settle(MailAnswer came, string words, DateTimeOffset at)
    {
        Answer = words;
        if (came is MailAnswer.Taken) (Status, DueAt) = (DeliveryStatus.Delivered, null);
        else if (came is MailAnswer.NotNow && IsKeptAt(at)) DueAt = at + MailPause;
        else (Status, DueAt) = (DeliveryStatus.GivenUp, null);
    }

    /// <summary>
    /// The chat has it, or will be asked again for three days. A chat that is gone, or that takes no test, gets nothing more until its owner tries it
    /// anew; other channels do not wait for any of that.
    /// </summary>
    /// <param name="status">The HTTP status; null when no answer came.</param>
    /// <param name="answer">One line for people.</param>
    /// <param name="wait">How long the chat asks to be left alone; null where it asks for nothing.</param>
    public void Settle(PersonalChat chat, int? status, string answer, DateTimeOffset at, TimeSpan? wait = null)
    {
        Answer = answer;
        if (status is >= 200 and < 300)
        {
            (Status, DueAt) = (DeliveryStatus.Delivered, null);
            chat.Work(at);
        }
        else if (TakesNothing(status))
        {
            GiveUp(answer);
            chat.Refuse(answer, at);
        }
        else if (Tries > Pauses.Length || !IsKeptAt(at)) GiveUp(answer);
        else DueAt = at + Later(Pauses[Tries - 1], wait);
    }

    /// <summary>It may not be sent to anybody any more.</summary>
    public void GiveUp(string because) => (Status, DueAt, Answer) = (DeliveryStatus.GivenUp, null, because);

    /// <summary>Sends it once more from the beginning, whatever became of it.</summary>
    public void Replay(DateTimeOffset at) => (Status, DueAt, Tries, Fence, ReplayedAt) = (DeliveryStatus.Waiting, at, 0, Fence + 1, at);

    /// <summary>What waits for a mail server, a chat or a secret is no old news yet.</summary>
    private bool IsKeptAt(DateTimeOffset at) => at - (ReplayedAt ?? At) < Keeps;

    private bool IsGone(Webhook webhook, int? status) =>
        status is Gone || (status is NotFound && webhook.Kind is not WebhookKind.Program && Tries >= TriesUntilNotFoundCounts);

    private bool TakesNothing(int? status) =>
        status is Gone || (status is NotFound && Tries >= TriesUntilNotFoundCounts) || (Type == EventTypes.ChatTest && status is >= 300 and < 500 and not (408 or 425 or 429));

    private static TimeSpan Later(TimeSpan pause, TimeSpan? wait) => wait is { } asked && asked > pause ? new(Math.Min(asked.Ticks, LongestWait.Ticks)) : pause;

    private TimeSpan MailPause => new(Math.Min(Pauses[Math.Min(Tries, Pauses.Length) - 1].Ticks, LongestMailPause.Ticks));

    private void GiveUp(Webhook webhook, string because, DateTimeOffset at)
    {
        (Status, DueAt) = (DeliveryStatus.GivenUp, null);
        webhook.Disable(because, at);
    }
}
