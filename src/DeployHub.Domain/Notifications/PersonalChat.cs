namespace DeployHub.Domain.Notifications;

/// <summary>A chat of one person's own, told beside their mailbox and by the same clock: about what, and whether it takes messages.</summary>
public sealed class PersonalChat
{
    private PersonalChat() { }

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    public WebhookKind Kind { get; private set; }

    /// <summary>Whoever knows the address may post, so it is kept encrypted and shown to nobody.</summary>
    public string SealedAddress { get; private set; } = "";

    /// <summary>When the address was named.</summary>
    public DateTimeOffset At { get; private set; }

    public MailTiming Urgent { get; private set; } = MailTiming.AtOnce;

    public MailTiming Actionable { get; private set; } = MailTiming.AtOnce;

    public MailTiming Info { get; private set; } = MailTiming.Never;

    public MailTiming Digest { get; private set; } = MailTiming.Never;

    /// <summary>Since when a message is known to have arrived; before that nothing but a test is sent.</summary>
    public DateTimeOffset? WorksSince { get; private set; }

    /// <summary>Since when nothing is sent, because it took nothing; null while it does.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }

    /// <summary>What came back.</summary>
    public string? RefusedBecause { get; private set; }

    public bool IsInUse => WorksSince is not null && RefusedAt is null;

    public static PersonalChat Of(Guid person, WebhookKind kind, string sealedAddress, DateTimeOffset at)
    {
        var chat = new PersonalChat { Person = person };
        chat.LeadTo(kind, sealedAddress, at);
        return chat;
    }

    /// <summary>Another address: a test has to arrive there first.</summary>
    public void LeadTo(WebhookKind kind, string sealedAddress, DateTimeOffset at)
    {
        (Kind, SealedAddress, At, WorksSince) = (kind, sealedAddress, at, null);
        TryAnew();
    }

    /// <summary>A test is sent, whatever came of the ones before.</summary>
    public void TryAnew() => (RefusedAt, RefusedBecause) = (null, null);

    public void Choose(MailTiming urgent, MailTiming actionable, MailTiming info, MailTiming digest) => (Urgent, Actionable, Info, Digest) = (urgent, actionable, info, digest);

    public MailTiming TimingOf(NoticeClass noticeClass) => !IsInUse ? MailTiming.Never : noticeClass switch
    {
        NoticeClass.Urgent => Urgent,
        NoticeClass.Actionable => Actionable,
        NoticeClass.Info => Info,
        _ => Digest,
    };

    /// <summary>A message of this type is still wanted when it is about to be sent; a test always is.</summary>
    public bool Wants(string type) => type == EventTypes.ChatTest || NotificationChoices.IsWanted(type, TimingOf);

    /// <summary>A message arrived.</summary>
    public void Work(DateTimeOffset at) => WorksSince ??= at;

    /// <summary>It takes nothing: nothing is sent until its owner tries it anew.</summary>
    public void Refuse(string because, DateTimeOffset at) => (RefusedAt, RefusedBecause) = (RefusedAt ?? at, because);
}
