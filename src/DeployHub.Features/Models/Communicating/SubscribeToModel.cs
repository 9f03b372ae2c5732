using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Asks to be told what happens to a model. Asking twice is asking once.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record SubscribeToModel(string Slug) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SubscribeToModel>
    {
        public Validator() => RuleFor(command => command.Slug).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<SubscribeToModel, Result>
    {
        public async ValueTask<Result> Handle(SubscribeToModel command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (await db.Models.AsNoTracking().SingleOrDefaultAsync(model => model.Slug == command.Slug, cancellationToken) is not { } model) return ModelErrors.NotFound(command.Slug);

            await db.LockPersonAsync(person, cancellationToken); // so that two at once do not both find none
            if (!await db.ModelSubscriptions.AnyAsync(known => known.ModelId == model.Id && known.Person == person, cancellationToken))
                db.ModelSubscriptions.Add(ModelSubscription.Of(model.Id, person, clock.GetUtcNow()));
            return Result.Success;
        }
    }
}
