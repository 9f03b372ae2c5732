using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Comments;

/// <summary>Asks to be told what happens to a deployment, or to all of a service. Asking twice is asking once.</summary>
/// <param name="Key">Number of the deployment, or key of the service.</param>
[Requires(Permission.ViewDeployments)]
public sealed record StartWatching(WatchSubject Subject, string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<StartWatching>
    {
        public Validator()
        {
            RuleFor(command => command.Subject).IsInEnum();
            RuleFor(command => command.Key).NotEmpty().MaximumLength(64);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<StartWatching, Result>
    {
        public async ValueTask<Result> Handle(StartWatching command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (!await IsThereAsync(command, cancellationToken)) return Error.NotFound(Words.Of(command.Subject), command.Key);

            await db.LockPersonAsync(person, cancellationToken); // so that two at once do not both find none
            if (!await db.Watches.AnyAsync(known => known.Subject == command.Subject && known.Key == command.Key && known.Person == person, cancellationToken))
                db.Watches.Add(Watch.Of(command.Subject, command.Key, person, clock.GetUtcNow()));
            return Result.Success;
        }

        private Task<bool> IsThereAsync(StartWatching command, CancellationToken cancellationToken) => command.Subject is WatchSubject.Service
            ? db.Services.AnyAsync(service => service.Key == command.Key, cancellationToken)
            : db.Deployments.AnyAsync(deployment => deployment.Number == command.Key, cancellationToken);
    }
}
