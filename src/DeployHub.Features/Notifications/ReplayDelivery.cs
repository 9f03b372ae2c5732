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
public sealed record ReplayDelivery(string Key, Guid Delivery) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReplayDelivery>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<ReplayDelivery, Result>
    {
        public async ValueTask<Result> Handle(ReplayDelivery command, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (found.Value.DisabledAt is not null) return NotificationErrors.WebhookDisabled;
            if (await db.Deliveries.SingleOrDefaultAsync(known => known.Id == new DeliveryId(command.Delivery) && known.WebhookId == found.Value.Id, cancellationToken) is not { } delivery)
                return Error.NotFound("delivery", $"{command.Delivery}");

            delivery.Replay(clock.GetUtcNow());
            return Result.Success;
        }
    }
}
