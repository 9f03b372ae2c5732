using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>Says who answers for a model and by when it is looked at again, within twelve months (domain A1).</summary>
/// <param name="Owner">E-mail address of a person with an account.</param>
[Requires(Permission.PublishModels, To = "entrust a model to somebody")]
public sealed record EntrustModel(string Slug, string Owner, DateOnly ReviewBy) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EntrustModel>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsKey();
            RuleFor(command => command.Owner).NotEmpty().WithMessage("Choose who answers for the model.");
        }
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<EntrustModel, Result>
    {
        public async ValueTask<Result> Handle(EntrustModel command, CancellationToken cancellationToken)
        {
            if (await db.Models.SingleOrDefaultAsync(model => model.Slug == command.Slug, cancellationToken) is not { } model) return ModelErrors.NotFound(command.Slug);

            var address = command.Owner.Trim().ToUpperInvariant();
            if (await db.Users.SingleOrDefaultAsync(person => person.NormalizedEmail == address, cancellationToken) is not { } owner) return ModelErrors.NoSuchOwner(command.Owner);

            return model.Entrust(new Actor(owner.Id.ToString(), owner.DisplayName), command.ReviewBy, clock.GetUtcNow());
        }
    }
}
