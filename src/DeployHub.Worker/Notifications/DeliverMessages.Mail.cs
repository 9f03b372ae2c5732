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
        for (var limit = PassingOn.Most; ;)
        {
            try
            {
                if (await PassSomeOnAsync(limit, cancellationToken) < limit) break;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "What happened could not be passed on yet");
                if (limit == 1) await PostponeAsync(cancellationToken);
                else limit = 1; // to find the one that cannot
            }
        }

        while (await scopes.InTransactionAsync(clock, (db, at, stopping) => db.WriteDigestsAsync(at, stopping), cancellationToken) > 0)
        {
        }
    }

    private Task<int> PassSomeOnAsync(int limit, CancellationToken cancellationToken) => scopes.InTransactionAsync(
        clock,
        async (db, at, stopping) => await db.PassOnAsync(PublicAddress.From(configuration), await db.MailServerAsync(configuration, stopping) is { IsOn: true }, at, stopping, limit),
        cancellationToken);

    private Task<int> PostponeAsync(CancellationToken cancellationToken) => scopes.InTransactionAsync(clock, (db, at, stopping) => db.PostponeAsync(at, stopping), cancellationToken);

    private async Task SendMailAsync(Taken taken, Guid person, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var (came, words) = (await db.MailServerAsync(configuration, cancellationToken), await MailReader.FindAsync(db, person, cancellationToken)) switch
        {
            (_, null) => (MailAnswer.Refused, "Not sent: the account is closed, or may see nothing any more."),
            ({ IsOn: true } server, { } reader) => await mails.SendAsync(server, MailOf(taken, reader), cancellationToken),
            _ => (MailAnswer.NotNow, "Not sent: no mail server is named, or mails are switched off."),
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
        if (await db.Deliveries.FindAsync([taken.Id], cancellationToken) is not { } delivery || delivery.Tries != taken.Try || delivery.DueAt is null) return true; // somebody else has it by now

        var stored = await db.NotificationChoices.FindAsync([person], cancellationToken);
        var choices = stored ?? NotificationChoices.Of(person);
        delivery.Settle(choices, came, words, clock.GetUtcNow());
        if (stored is null && choices.RefusedAt is not null) db.NotificationChoices.Add(choices);
        return await IsStoredAsync(db, cancellationToken);
    }
}
