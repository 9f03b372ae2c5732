using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Tells it of what happens from now on, and sends what waits.</summary>
[Requires(Permission.ManageSettings)]
public sealed record EnableWebhook(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EnableWebhook>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<EnableWebhook, Result>
    {
        public async ValueTask<Result> Handle(EnableWebhook command, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            found.Value.Enable();
            return Result.Success;
        }
    }
}
