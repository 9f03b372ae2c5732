using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Partners;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Notifications;

internal sealed partial class DeliverMessages
{
    /// <param name="Contact">Number within the organisation.</param>
    /// <param name="Deployment">Number of the one that it is about.</param>
    private sealed record Addressee(OrganisationId Organisation, int Contact, string Deployment)
    {
        public static Addressee? Of(Delivery delivery) =>
            delivery is { OrganisationId: { } organisation, Contact: { } contact } ? new Addressee(organisation, contact, delivery.Subject) : null;
    }

    private async Task SendLetterAsync(Taken taken, Addressee addressee, CancellationToken cancellationToken)
    {
        var (came, words, made) = await HandOverAsync(taken, addressee, cancellationToken);
        for (var isStored = false; !isStored;) isStored = await SettleLetterAsync(taken, came, words, made, cancellationToken);
    }

    /// <summary>What came of it, and the link that was made for it; null where none was.</summary>
    private async Task<(MailAnswer Came, string Words, PartnerLinkId? Made)> HandOverAsync(Taken taken, Addressee addressee, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.MailServerAsync(configuration, cancellationToken) is not { IsOn: true } server) return (MailAnswer.Refused, "Not sent: no mail server is named, or mails are switched off.", null);
        if (PublicAddress.From(configuration) is not { } address) return (MailAnswer.NotNow, $"Not sent, since its link would lead nowhere: {PublicAddress.Rule}", null);

        var letter = await db.AddressLetterAsync(taken.Id, addressee.Organisation, addressee.Contact, addressee.Deployment, clock.GetUtcNow(), cancellationToken);
        if (letter is null) return (MailAnswer.Refused, "Not sent: the contact, or the organisation, is ended.", null);

        var (came, words) = await mails.SendAsync(
            server, new Mails.Mail(taken.Message.Id, letter.Name, letter.Email, MailText.Of(taken.Message.Body), taken.At, address) { Link = $"/p/{letter.Token}" }, cancellationToken);
        return (came, words, letter.Link);
    }

    /// <summary>False when somebody changed the message at the same instant.</summary>
    private async Task<bool> SettleLetterAsync(Taken taken, MailAnswer came, string words, PartnerLinkId? made, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.Deliveries.FindAsync([taken.Id], cancellationToken) is not { } delivery || delivery.Tries != taken.Try || delivery.DueAt is null) return true; // somebody else has it by now

        if ((came is MailAnswer.Refused or MailAnswer.MailboxRefused) && made is { } link) await db.ForgetLinkAsync(link, cancellationToken);
        delivery.Settle(came, words, clock.GetUtcNow());
        return await IsStoredAsync(db, cancellationToken);
    }
}
