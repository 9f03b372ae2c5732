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

/// <summary>Asks no more to be told. Whom it concerns otherwise is told all the same.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record StopWatching(WatchSubject Subject, string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<StopWatching>
    {
        public Validator()
        {
            RuleFor(command => command.Subject).IsInEnum();
            RuleFor(command => command.Key).NotEmpty().MaximumLength(64);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<StopWatching, Result>
    {
        public async ValueTask<Result> Handle(StopWatching command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;

            await db.Watches.Where(known => known.Subject == command.Subject && known.Key == command.Key && known.Person == person).ExecuteDeleteAsync(cancellationToken);
            return Result.Success;
        }
    }
}
