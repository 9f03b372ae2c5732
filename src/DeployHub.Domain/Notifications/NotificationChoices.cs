namespace DeployHub.Domain.Notifications;

/// <summary>What one person wants to get by mail, and when (domain §8.4). In the product they are told of everything.</summary>
public sealed class NotificationChoices
{
    /// <summary>When the mail of a day is made, by their own clock.</summary>
    public static readonly TimeOnly DigestTime = new(8, 0);

    private NotificationChoices() { }

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    public MailTiming Urgent { get; private set; } = MailTiming.AtOnce;

    public MailTiming Actionable { get; private set; } = MailTiming.AtOnce;

    public MailTiming Info { get; private set; } = MailTiming.OnceADay;

    public MailTiming Digest { get; private set; } = MailTiming.OnceADay;

    /// <summary>Null where every hour is like another.</summary>
    public QuietHours? Quiet { get; private set; }

    /// <summary>Of the clock on their wall, such as <c>Europe/Berlin</c>.</summary>
    public string Zone { get; private set; } = "Etc/UTC";

    /// <summary>Since when no mail is sent, because their mailbox took none; null while it does.</summary>
    public DateTimeOffset? RefusedAt { get; private set; }

    /// <summary>What the mail server said.</summary>
    public string? RefusedBecause { get; private set; }

    private TimeZoneInfo Clock => ZoneOf(Zone) ?? TimeZoneInfo.Utc;

    /// <summary>What holds for whoever chose nothing.</summary>
    public static NotificationChoices Of(Guid person) => new() { Person = person };

    public MailTiming TimingOf(NoticeClass noticeClass) => RefusedAt is not null ? MailTiming.Never : noticeClass switch
    {
        NoticeClass.Urgent => Urgent,
        NoticeClass.Actionable => Actionable,
        NoticeClass.Info => Info,
        _ => Digest,
    };

    /// <summary>A mail of this type is still wanted when it is about to be sent; one that they ask for themselves always is.</summary>
    public bool Wants(string type) => type switch
    {
        EventTypes.MailTest => true,
        _ => IsWanted(type, TimingOf),
    };

    internal static bool IsWanted(string type, Func<NoticeClass, MailTiming> timingOf) => type switch
    {
        EventTypes.DailyDigest => Enum.GetValues<NoticeClass>().Any(noticeClass => timingOf(noticeClass) is not MailTiming.Never),
        EventTypes.DriftDetected => timingOf(NoticeClass.Urgent) is not MailTiming.Never || timingOf(NoticeClass.Digest) is not MailTiming.Never, // which of them, the drift says
        _ => EventTypes.Find(type) is not { } known || timingOf(known.Class) is not MailTiming.Never,
    };

    /// <summary>
    /// Chooses anew; a mailbox that took no mail is tried again. Refused with <c>notifications.no-such-zone</c>, and with
    /// <c>notifications.quiet-hours-without-end</c>.
    /// </summary>
    public Result Choose(MailTiming urgent, MailTiming actionable, MailTiming info, MailTiming digest, QuietHours? quiet, string zone)
    {
        if (ZoneOf(zone) is null) return NotificationErrors.NoSuchZone(zone);
        if (quiet is not null && quiet.From == quiet.Until) return NotificationErrors.QuietHoursWithoutEnd;

        (Urgent, Actionable, Info, Digest, Quiet, Zone) = (urgent, actionable, info, digest, quiet, zone);
        (RefusedAt, RefusedBecause) = (null, null);
        return Result.Success;
    }

    /// <summary>When a mail about it is sent.</summary>
    /// <param name="passes">It does not wait for the end of quiet hours.</param>
    public DateTimeOffset MailAt(DateTimeOffset at, bool passes) => passes ? at : Quiet?.EndOf(at, Clock) ?? at;

    /// <summary>When the mail of the day is made next.</summary>
    public DateTimeOffset NextDigest(DateTimeOffset at) => LocalTimes.Next(at, DigestTime, Clock);

    /// <summary>The mailbox takes no mail: none is sent until they choose anew.</summary>
    public void RefuseMail(string because, DateTimeOffset at) => (RefusedAt, RefusedBecause) = (RefusedAt ?? at, because);

    /// <summary>Null for what is no IANA time zone.</summary>
    public static TimeZoneInfo? ZoneOf(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId ? found : null;
}
