using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker.Notifications;

internal sealed partial class DeliverMessages
{
    /// <summary>Everything that has happened, and the mails of the day. What cannot be passed on makes room for the others.</summary>
    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        for (var isAll = false; !isAll;)
        {
            try
            {
                isAll = await PassSomeOnAsync(cancellationToken) < PassingOn.Most;
            }
            catch (NotPassedOnException exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Something that happened could not be passed on yet");
                await scopes.InTransactionAsync(clock, (db, at, stopping) => db.PostponeAsync(exception, at, stopping), cancellationToken);
            }
        }

        while (await WriteSomeDigestsAsync(cancellationToken) > 0)
        {
        }
    }

    private Task<int> PassSomeOnAsync(CancellationToken cancellationToken) => scopes.InTransactionAsync(
        clock, async (db, at, stopping) => await db.PassOnAsync(PublicAddress.From(configuration), await SendsMailAsync(db, stopping), at, stopping), cancellationToken);

    private Task<int> WriteSomeDigestsAsync(CancellationToken cancellationToken) => scopes.InTransactionAsync(
        clock, async (db, at, stopping) => await db.WriteDigestsAsync(await SendsMailAsync(db, stopping), at, stopping, PublicAddress.From(configuration)), cancellationToken);

    private async Task<bool> SendsMailAsync(DeployHubDb db, CancellationToken cancellationToken) => await db.MailServerAsync(configuration, cancellationToken) is { IsOn: true };

    private async Task SendMailAsync(Taken taken, Guid person, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var choices = await db.NotificationChoices.FindAsync([person], cancellationToken) ?? NotificationChoices.Of(person);
        var (came, words) = (await db.MailServerAsync(configuration, cancellationToken), await MailReader.FindAsync(db, person, cancellationToken)) switch
        {
            _ when !choices.Wants(taken.Type) => (MailAnswer.Refused, "Not sent: by their choice, or because their mailbox took none before, they get no such mail."),
            (_, null) => (MailAnswer.Refused, "Not sent: the account is closed, or may see nothing any more."),
            _ when await db.WhyOldNewsAsync(taken.Type, taken.Subject, clock.GetUtcNow(), cancellationToken) is { } old => (MailAnswer.Refused, old),
            ({ IsOn: true } server, { } reader) => await mails.SendAsync(server, MailOf(taken, reader), cancellationToken),
            _ => (MailAnswer.Refused, "Not sent: no mail server is named, or mails are switched off."),
        };
        for (var isStored = false; !isStored;) isStored = await SettleMailAsync(taken, person, came, words, cancellationToken);
    }

    private Mails.Mail MailOf(Taken taken, MailReader reader) =>
        new(taken.Message.Id, reader.Name, reader.Address, MailText.Of(taken.Message.Body), taken.At, PublicAddress.From(configuration));

    /// <summary>False when somebody changed the message or the choices at the same instant.</summary>
    private async Task<bool> SettleMailAsync(Taken taken, Guid person, MailAnswer came, string words, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await HeldAsync(db, taken, cancellationToken) is not { } delivery) return true;

        var stored = await db.NotificationChoices.FindAsync([person], cancellationToken);
        var choices = stored ?? NotificationChoices.Of(person);
        delivery.Settle(choices, came, words, clock.GetUtcNow());
        if (stored is null && choices.RefusedAt is not null) db.NotificationChoices.Add(choices);
        return await IsStoredAsync(db, cancellationToken);
    }
}
