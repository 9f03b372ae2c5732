using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>What happens from now on is not told; what waits is kept until the webhook is enabled again.</summary>
[Requires(Permission.ManageSettings)]
public sealed record DisableWebhook(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DisableWebhook>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DisableWebhook, Result>
    {
        public async ValueTask<Result> Handle(DisableWebhook command, CancellationToken cancellationToken)
        {
            var found = await db.WebhookAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            found.Value.Disable($"{caller.Actor.Name} disabled it.", clock.GetUtcNow());
            return Result.Success;
        }
    }
}
