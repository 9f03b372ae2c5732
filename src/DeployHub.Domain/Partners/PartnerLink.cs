using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;

namespace DeployHub.Domain.Partners;

public readonly record struct PartnerLinkId(Guid Value) : IId<PartnerLinkId>
{
    public static PartnerLinkId New() => new(Guid.CreateVersion7());

    public static PartnerLinkId From(Guid value) => new(value);
}

/// <summary>Opens the page of one organisation for one of its contacts, and nothing else. Only the digest of its token is kept.</summary>
public sealed partial class PartnerLink
{
    /// <summary>How every token begins, so that a leaked one is recognised.</summary>
    public const string TokenPrefix = "dho_";

    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(30);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(90);

    private PartnerLink() { }

    public PartnerLinkId Id { get; private init; }

    public OrganisationId OrganisationId { get; private init; }

    /// <summary>Number of the contact whom it was made for.</summary>
    public int Contact { get; private init; }

    /// <summary>The contact's name when it was made.</summary>
    public string Name { get; private init; } = "";

    public Digest TokenDigest { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public Actor MadeBy { get; private init; } = Actor.System;

    public DateTimeOffset MadeAt { get; private init; }

    /// <summary>The letter that it went with; null for one that somebody made and handed over.</summary>
    public DeliveryId? DeliveryId { get; private init; }

    public Actor? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>What somebody else says, such as a mail server that quotes a letter, without any token in it, whole or cut off.</summary>
    public static string WithoutTokens(string text) => Token().Replace(text, $"{TokenPrefix}•••");

    /// <summary>Refused to somebody who is no contact any more, and beyond 90 days.</summary>
    /// <param name="letter">The letter that it goes with; null for one that is handed over.</param>
    public static Result<PartnerLink> Make(Organisation organisation, int contact, string token, DateTimeOffset expiresAt, Actor by, DateTimeOffset at, DeliveryId? letter = null)
    {
        if (organisation.Ended is { } over) return PartnerErrors.Ended(organisation.Name, over);
        if (organisation.Contacts.FirstOrDefault(known => known.Number == contact) is not { } person) return PartnerErrors.NoSuchEntry(OrganisationEntry.Contact, contact);
        if (person.Ended is { } ended) return PartnerErrors.EntryEnded(OrganisationEntry.Contact, ended);
        if (expiresAt <= at || expiresAt > at + LongestLife) return PartnerErrors.LinkTooLong;

        return new PartnerLink
        {
            Id = PartnerLinkId.New(),
            OrganisationId = organisation.Id,
            Contact = contact,
            Name = person.Name,
            TokenDigest = Digest.OfText(token),
            ExpiresAt = expiresAt,
            MadeBy = by,
            MadeAt = at,
            DeliveryId = letter,
        };
    }

    /// <summary>Also over once the organisation or the contact is ended.</summary>
    public bool Opens(Organisation organisation, DateTimeOffset now) =>
        RevokedAt is null && now < ExpiresAt && organisation.Id == OrganisationId && organisation.Ended is null
        && organisation.PeopleNow().Any(contact => contact.Number == Contact);

    /// <summary>Who answered by it: a link may have been passed on, so the record has the name that was typed, whose link it was and who made it.</summary>
    /// <param name="typed">The name that whoever answers gave.</param>
    public Actor ToActor(Organisation organisation, string typed) =>
        new(Id.Value.ToString(), typed.Equals(Name, StringComparison.OrdinalIgnoreCase) ? $"{Name} ({organisation.Name}), by a link that {MadeBy.Name} made" : $"{typed} ({organisation.Name}), by the link of {Name}, which {MadeBy.Name} made");

    public Result Revoke(Actor by, DateTimeOffset at)
    {
        if (RevokedAt is not null) return AccessErrors.AlreadyRevoked;

        (RevokedBy, RevokedAt) = (by, at);
        return Result.Success;
    }

    [GeneratedRegex($"{TokenPrefix}[A-Za-z0-9_-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
