using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Feeds;
using DeployHub.Features.Notifications;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>A letter as it goes out: to whom, what it says now, and the link that was made for this try; null where it has none. The token is known nowhere else.</summary>
public sealed record AddressedLetter(string Name, string Email, MailText Text, string? Token, PartnerLinkId? Link);

/// <summary>
/// Mails to contacts of organisations, who need no account. A letter is written anew when it is sent, from what is so by then, and not sent where it
/// is about something that is over. What is written is kept; the link is made when it is sent, of which only the digest is kept, so that no page, log
/// or backup has an address that answers for a partner.
/// </summary>
public static class PartnerLetters
{
    /// <summary>
    /// How long after the slot a link of a letter still opens: it is about this plan and ends with it, with time enough to see how it went. Whatever is
    /// planned later brings a link of its own.
    /// </summary>
    private static readonly TimeSpan AfterSlot = TimeSpan.FromDays(14);

    /// <summary>A letter for each contact who answers for the service, of each organisation that has to hear of it.</summary>
    internal static async Task<IReadOnlyList<Delivery>> LettersAsync(this DeployHubDb db, Happening happening, Deployment deployment, CancellationToken cancellationToken)
    {
        var letters = Letter.Of(happening.Type, NumberOf(happening, "alignment"), TextOf(happening, "status"), deployment, happening.At).ToList();
        if (letters.Count == 0) return [];

        var ids = letters.ConvertAll(letter => letter.Request.OrganisationId);
        var organisations = await db.Organisations.AsNoTracking().Where(organisation => ids.Contains(organisation.Id)).ToDictionaryAsync(organisation => organisation.Id, cancellationToken);
        var listed = await db.ListedAsync(deployment, cancellationToken);
        var found = await db.AsTheySeeItAsync(deployment, cancellationToken);
        return
        [
            .. from letter in letters
               let organisation = organisations[letter.Request.OrganisationId]
               where organisation.Ended is null
               let text = TextOf(letter, found, organisation, happening.At).ToJson()
               from contact in organisation.Answering(listed[organisation.Id])
               select Delivery.ByLetter(organisation.Id, contact.Number, happening.Type, deployment.Number, text, happening.At),
        ];
    }

    /// <summary>
    /// Writes a letter as it is to be sent now, and makes the link of this try. Without an address, it says in a sentence why it is not sent. What the
    /// last try's mail may have brought still opens; older ones arrived nowhere.
    /// </summary>
    /// <param name="fence">Of this try: whoever has it no more writes nothing.</param>
    public static async Task<(AddressedLetter? Letter, string WhyNot)> AddressLetterAsync(this DeployHubDb db, DeliveryId id, int fence, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var delivery = await db.Deliveries.SingleAsync(known => known.Id == id, cancellationToken);
        var organisation = await db.Organisations.SingleAsync(known => known.Id == delivery.OrganisationId, cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Number == delivery.Subject, cancellationToken);
        if (!delivery.IsHeldBy(fence)) return (null, "another try has taken its place");
        if (organisation.Ended is not null || organisation.PeopleNow().FirstOrDefault(known => known.Number == delivery.Contact) is not { } contact) return (null, "the contact, or the organisation, is ended");

        var text = MailText.Of(delivery.Body);
        if (text.Letter is { } about)
        {
            var request = deployment.Alignments.Single(known => known.Number == about.Alignment);
            if ((Letter.WhyNotSent(about.Kind, request, about.Slot, deployment, at) ?? await db.WhyTooSoonAsync(delivery, about.Kind, cancellationToken)) is { } why) return (null, why);

            text = TextOf(new Letter(about.Kind, request), await db.AsTheySeeItAsync(deployment, cancellationToken), organisation, delivery.At) with { Letter = about };
            delivery.Rewrite(text.ToJson());
        }

        (string Token, PartnerLinkId Id)? link = text.LinkText is null ? null : await db.MakeLinkAsync(organisation, contact.Number, delivery.Id, deployment.Slot, at, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return (new AddressedLetter(contact.Name, contact.Email, text, link?.Token, link?.Id), "");
    }

    private static async Task<(string Token, PartnerLinkId Id)> MakeLinkAsync(
        this DeployHubDb db, Organisation organisation, int contact, DeliveryId letter, Slot? slot, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var token = Secret.New(PartnerLink.TokenPrefix);
        var made = PartnerLink.Make(organisation, contact, token, ExpiresAt(slot, at), Domain.Access.Actor.System, at, letter).Value;
        db.PartnerLinks.RemoveRange(await db.PartnerLinks.Where(link => link.DeliveryId == letter).OrderByDescending(link => link.MadeAt).Skip(1).ToListAsync(cancellationToken));
        db.PartnerLinks.Add(made);
        return (token, made.Id);
    }

    /// <summary>Nobody is reminded of what they have not been sent yet, or were sent only after the reminder was due: with a mail server that was away, both would come at once.</summary>
    private static async Task<string?> WhyTooSoonAsync(this DeployHubDb db, Delivery reminder, LetterKind kind, CancellationToken cancellationToken) =>
        kind is LetterKind.Reminder && await db.Deliveries.AnyAsync(
            asked => asked.Subject == reminder.Subject && asked.OrganisationId == reminder.OrganisationId && asked.Contact == reminder.Contact && asked.Type == EventTypes.AlignmentRequested
                && (asked.Status == DeliveryStatus.Waiting || (asked.Status == DeliveryStatus.Delivered && asked.TriedAt >= reminder.At)), cancellationToken)
            ? "the letter that asks them was not sent before this one was due"
            : null;

    /// <summary>A deployment by the names that organisations know.</summary>
    private static async Task<ConcerningDeployment> AsTheySeeItAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken) => new(
        deployment,
        await db.Services.Where(known => known.Id == deployment.ServiceId).Select(known => known.Name).SingleAsync(cancellationToken),
        await db.Environments.Where(known => known.Id == deployment.EnvironmentId).Select(known => known.Name).SingleAsync(cancellationToken));

    /// <summary>The mail server did not take that try, so nobody has its link. What an earlier try brought still opens.</summary>
    public static Task<int> ForgetLinkAsync(this DeployHubDb db, PartnerLinkId made, CancellationToken cancellationToken) =>
        db.PartnerLinks.Where(link => link.Id == made).ExecuteDeleteAsync(cancellationToken);

    /// <summary>With the plan; for what runs on demand, and where the slot is long over, after the usual life.</summary>
    internal static DateTimeOffset ExpiresAt(Slot? slot, DateTimeOffset at)
    {
        var longest = at + PartnerLink.LongestLife;
        return slot is null || slot.End + AfterSlot <= at ? at + PartnerLink.UsualLife : slot.End + AfterSlot < longest ? slot.End + AfterSlot : longest;
    }

    /// <summary>Addresses of contacts on the distribution lists of what is deployed, by organisation.</summary>
    private static async Task<ILookup<OrganisationId, string>> ListedAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var services = await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken);
        var listed = await db.Recipients.AsNoTracking().Where(recipient => recipient.EndedAt == null && recipient.OrganisationId != null)
            .Where(recipient => db.Services.Any(service => service.Id == recipient.ServiceId && services.Contains(service.Key))).ToListAsync(cancellationToken);
        return listed.ToLookup(recipient => recipient.OrganisationId!.Value, recipient => recipient.Email);
    }

    private static MailText TextOf(Letter letter, ConcerningDeployment found, Organisation organisation, DateTimeOffset at)
    {
        var text = new AlignmentText(found, letter.Request);
        var link = AlignmentText.LinkText(letter.Kind);
        return new MailText(text.Subject(letter.Kind), text.Paragraphs(letter.Kind), null, found.Deployment.Number)
        {
            LinkText = link,
            Why = $"You get this as a contact of {organisation.Name}. {(link is null ? "" : $"The link is yours alone: whoever has it may answer for {organisation.Name}. ")}If you are the wrong person, tell {found.Deployment.Owner.Name}.",
            Calendar = CalendarOf(letter.Kind, found, at),
            Letter = new MailText.About(letter.Kind, letter.Request.Number, found.Deployment.Slot),
        };
    }

    /// <summary>The slot as an entry of their own calendar; null where there is none, or nothing about it is new.</summary>
    private static MailText.CalendarFile? CalendarOf(LetterKind kind, ConcerningDeployment found, DateTimeOffset at)
    {
        if (found.Deployment.Slot is null || kind is LetterKind.Recall or LetterKind.Start or LetterKind.Outcome) return null;

        var method = kind is LetterKind.Cancellation ? "CANCEL" : "PUBLISH";
        return new MailText.CalendarFile($"{found.Deployment.Number}.ics", method, FeedText.Write(found.Deployment.Number, [found.ToEntry(at)], null, method));
    }

    private static int? NumberOf(Happening happening, string name) =>
        happening.Data.GetValueOrDefault(name) switch { int number => number, JsonElement { ValueKind: JsonValueKind.Number } number => number.GetInt32(), _ => null };

    private static string? TextOf(Happening happening, string name) =>
        happening.Data.GetValueOrDefault(name) switch { string text => text, JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(), _ => null };
}
