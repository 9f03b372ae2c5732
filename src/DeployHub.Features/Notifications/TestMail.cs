using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Notifications;

/// <summary>Sends the caller a mail, by the same way as all others. Answers the delivery's id.</summary>
[Requires(Permission.ManageSettings)]
public sealed record TestMail : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<TestMail>;

    internal sealed class Handler(DeployHubDb db, Caller caller, IConfiguration configuration, TimeProvider clock) : ICommandHandler<TestMail, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(TestMail command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (await db.MailServerAsync(configuration, cancellationToken) is not { IsOn: true }) return NotificationErrors.NoMailServer;

            var at = clock.GetUtcNow();
            var text = new MailText("DeployHub reaches you", [$"{caller.Actor.Name} asked for this mail, to see whether it arrives."], "/account/notifications", null);
            return $"{db.Deliveries.Add(Delivery.ByMail(person, EventTypes.MailTest, "mail", text.ToJson(), at, at)).Entity.Id.Value}";
        }
    }
}
