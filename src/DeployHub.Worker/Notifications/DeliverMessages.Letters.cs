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
    private async Task SendLetterAsync(Taken taken, CancellationToken cancellationToken)
    {
        var (came, words, made) = await HandOverAsync(taken, cancellationToken);
        for (var isStored = false; !isStored;) isStored = await SettleLetterAsync(taken, came, words, made, cancellationToken);
    }

    /// <summary>What came of it, and the link that was made for it; null where none was.</summary>
    private async Task<(MailAnswer Came, string Words, PartnerLinkId? Made)> HandOverAsync(Taken taken, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.MailServerAsync(configuration, cancellationToken) is not { IsOn: true } server) return (MailAnswer.Refused, "Not sent: no mail server is named, or mails are switched off.", null);
        var address = PublicAddress.From(configuration);
        if (address is null && MailText.Of(taken.Message.Body).LinkText is not null) return (MailAnswer.NotNow, $"Not sent, since its link would lead nowhere: {PublicAddress.Rule}", null);

        var (letter, whyNot) = await db.AddressLetterAsync(taken.Id, taken.Fence, clock.GetUtcNow(), cancellationToken);
        if (letter is null) return (MailAnswer.Refused, $"Not sent: {whyNot}.", null);

        var link = letter.Token is { } token ? $"/p/{token}" : null;
        var (came, words) = await mails.SendAsync(
            server, new Mails.Mail(taken.Message.Id, letter.Name, letter.Email, letter.Text, taken.At, address) { Link = link }, cancellationToken);
        return (came, words, letter.Link);
    }

    /// <summary>False when somebody changed the message at the same instant.</summary>
    private async Task<bool> SettleLetterAsync(Taken taken, MailAnswer came, string words, PartnerLinkId? made, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await HeldAsync(db, taken, cancellationToken) is not { } delivery) return true;

        if ((came is MailAnswer.Refused or MailAnswer.MailboxRefused) && made is { } link) await db.ForgetLinkAsync(link, cancellationToken);
        delivery.Settle(came, words, clock.GetUtcNow());
        return await IsStoredAsync(db, cancellationToken);
    }
}
