namespace DeployHub.Domain.Notifications;

/// <summary>What one person is told, in the product. It always gets here, whatever they chose for other channels (domain §8.4).</summary>
public sealed class Notice
{
    private Notice() { }

    /// <summary>Grows from one to the next; stands in addresses.</summary>
    public long Number { get; private init; }

    /// <summary>The account.</summary>
    public Guid Person { get; private init; }

    /// <summary>What they are told of; once each.</summary>
    public HappeningId HappeningId { get; private init; }

    public string Type { get; private init; } = "";

    public NoticeClass Class { get; private init; }

    public string Subject { get; private init; } = "";

    public string Sentence { get; private init; } = "";

    /// <summary>The page that shows it.</summary>
    public string Path { get; private init; } = "";

    public DateTimeOffset At { get; private init; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When it goes into a mail with others; null when it does not, or did already.</summary>
    public DateTimeOffset? DigestAt { get; private set; }

    /// <param name="sentence">What is said of it here; several that are alike are told in one.</param>
    /// <param name="digestAt">When it goes into a mail with others.</param>
    public static Notice Of(Happening happening, Guid person, string sentence, DateTimeOffset? digestAt) => new()
    {
        Person = person,
        HappeningId = happening.Id,
        Type = happening.Type,
        Class = happening.Class,
        Subject = happening.Subject,
        Sentence = sentence,
        Path = happening.Path,
        At = happening.At,
        DigestAt = digestAt,
    };

    /// <summary>They opened it, or said that they know.</summary>
    public void Read(DateTimeOffset at) => ReadAt ??= at;
}
