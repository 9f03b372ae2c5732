using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Asks no more to be told what happens to a model. Who uses it otherwise is told all the same.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record UnsubscribeFromModel(string Slug) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<UnsubscribeFromModel>
    {
        public Validator() => RuleFor(command => command.Slug).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<UnsubscribeFromModel, Result>
    {
        public async ValueTask<Result> Handle(UnsubscribeFromModel command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (!await db.Models.AnyAsync(model => model.Slug == command.Slug, cancellationToken)) return ModelErrors.NotFound(command.Slug);

            await db.ModelSubscriptions.Where(known => known.Person == person && db.Models.Any(model => model.Slug == command.Slug && model.Id == known.ModelId))
                .ExecuteDeleteAsync(cancellationToken);
            return Result.Success;
        }
    }
}
