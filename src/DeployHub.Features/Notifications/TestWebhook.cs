using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Sends a message of type <c>webhook.test</c>, by the same way as all others. Answers the delivery's id.</summary>
[Requires(Permission.ManageSettings)]
public sealed record TestWebhook(string Key) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<TestWebhook>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<TestWebhook, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(TestWebhook command, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (found.Value.DisabledAt is not null) return NotificationErrors.WebhookDisabled;

            var at = clock.GetUtcNow();
            var body = found.Value.Kind is WebhookKind.Program
                ? SignedBody(command.Key, at)
                : ChatMessages.Of(found.Value.Kind, found.Value.Name, $"{caller.Actor.Name} asked for this message, to see whether it arrives.", null);
            return $"{db.Deliveries.Add(Delivery.OfTest(found.Value, body, at)).Entity.Id.Value}";
        }

        private string SignedBody(string key, DateTimeOffset at) =>
            JsonSerializer.Serialize(new { type = EventTypes.Test, timestamp = at.UtcDateTime, data = new { webhook = key, by = caller.Actor.Name } });
    }
}
