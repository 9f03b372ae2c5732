using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Sends a message once more, under the same id, whatever became of it.</summary>
[Requires(Permission.ManageSettings)]
public sealed record ReplayDelivery(Guid Delivery) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReplayDelivery>
    {
        public Validator() => RuleFor(command => command.Delivery).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<ReplayDelivery, Result>
    {
        public async ValueTask<Result> Handle(ReplayDelivery command, CancellationToken cancellationToken)
        {
            var id = new DeliveryId(command.Delivery);
            if (await db.Deliveries.SingleOrDefaultAsync(known => known.Id == id, cancellationToken) is not { } delivery) return Error.NotFound("delivery", $"{command.Delivery}");
            if (await db.Webhooks.AnyAsync(webhook => webhook.Id == delivery.WebhookId && webhook.DisabledAt != null, cancellationToken)) return NotificationErrors.WebhookDisabled;

            delivery.Replay(clock.GetUtcNow());
            return Result.Success;
        }
    }
}
