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

/// <summary>A letter as it goes out: to whom, and the link that was made for this try. The token is known nowhere else.</summary>
public sealed record AddressedLetter(string Name, string Email, string Token, PartnerLinkId Link);

/// <summary>
/// Mails to contacts of organisations, who need no account. What is written is kept; the link is made when it is sent, of which only the digest is
/// kept, so that no page, log or backup has an address that answers for a partner.
/// </summary>
public static class PartnerLetters
{
    /// <summary>How long after the slot a link of a letter still opens.</summary>
    private static readonly TimeSpan AfterSlot = TimeSpan.FromDays(14);

    /// <summary>A letter for each contact who answers for the service, of each organisation that has to hear of it.</summary>
    internal static async Task<IReadOnlyList<Delivery>> LettersAsync(this DeployHubDb db, Happening happening, Deployment deployment, CancellationToken cancellationToken)
    {
        var letters = Letter.Of(happening.Type, NumberOf(happening, "alignment"), TextOf(happening, "status"), deployment, happening.At).ToList();
        if (letters.Count == 0) return [];

        var ids = letters.ConvertAll(letter => letter.Request.OrganisationId);
        var organisations = await db.Organisations.AsNoTracking().Where(organisation => ids.Contains(organisation.Id)).ToDictionaryAsync(organisation => organisation.Id, cancellationToken);
        var (service, environment) = (
            await db.Services.Where(known => known.Id == deployment.ServiceId).Select(known => known.Name).SingleAsync(cancellationToken),
            await db.Environments.Where(known => known.Id == deployment.EnvironmentId).Select(known => known.Name).SingleAsync(cancellationToken));
        var listed = await db.ListedAsync(deployment, cancellationToken);
        var found = new ConcerningDeployment(deployment, service, environment);
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

    /// <summary>Makes the link of this try. Null where the contact or the organisation is ended. What the last try's mail may have brought still opens; older ones arrived nowhere.</summary>
    public static async Task<AddressedLetter?> AddressLetterAsync(
        this DeployHubDb db, DeliveryId letter, OrganisationId id, int number, string deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.SingleAsync(known => known.Id == id, cancellationToken);
        var slot = await db.Deployments.AsNoTracking().Where(known => known.Number == deployment).Select(known => known.Slot).SingleOrDefaultAsync(cancellationToken);
        var token = Secret.New(PartnerLink.TokenPrefix);
        var made = PartnerLink.Make(organisation, number, token, ExpiresAt(slot, at), Domain.Access.Actor.System, at, letter);
        if (made.Error is not null) return null;

        var before = await db.PartnerLinks.Where(link => link.DeliveryId == letter).OrderByDescending(link => link.MadeAt).Skip(1).ToListAsync(cancellationToken);
        db.PartnerLinks.RemoveRange(before);
        db.PartnerLinks.Add(made.Value);
        await db.SaveChangesAsync(cancellationToken);
        var contact = organisation.PeopleNow().Single(known => known.Number == number);
        return new AddressedLetter(contact.Name, contact.Email, token, made.Value.Id);
    }

    /// <summary>The mail server did not take that try, so nobody has its link. What an earlier try brought still opens.</summary>
    public static Task<int> ForgetLinkAsync(this DeployHubDb db, PartnerLinkId made, CancellationToken cancellationToken) =>
        db.PartnerLinks.Where(link => link.Id == made).ExecuteDeleteAsync(cancellationToken);

    private static DateTimeOffset ExpiresAt(Slot? slot, DateTimeOffset at)
    {
        var (usual, longest) = (at + PartnerLink.UsualLife, at + PartnerLink.LongestLife);
        return slot is null || slot.End + AfterSlot < usual ? usual : slot.End + AfterSlot < longest ? slot.End + AfterSlot : longest;
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
        return new MailText(text.Subject(letter.Kind), text.Paragraphs(letter.Kind), null, found.Deployment.Number)
        {
            LinkText = AlignmentText.LinkText(letter.Kind),
            Why = $"You get this as a contact of {organisation.Name}. The link is yours alone: whoever has it may answer for {organisation.Name}. If you are the wrong person, tell {found.Deployment.Owner.Name}.",
            Calendar = CalendarOf(letter.Kind, found, at),
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
