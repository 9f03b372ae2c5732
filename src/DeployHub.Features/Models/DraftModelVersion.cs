using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>Begins the next version of a model with the text of an earlier one. Answers its number.</summary>
/// <param name="From">Number of the version to begin with; the one that is in use, or the newest, unless told.</param>
[Requires(Permission.EditModels)]
public sealed record DraftModelVersion(string Slug, ModelIntent Intent, int? From = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<DraftModelVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsKey();
            RuleFor(command => command.Intent).NotNull().SetValidator(new ModelIntentValidator());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DraftModelVersion, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(DraftModelVersion command, CancellationToken cancellationToken)
        {
            if (await db.Models.SingleOrDefaultAsync(model => model.Slug == command.Slug, cancellationToken) is not { } model) return ModelErrors.NotFound(command.Slug);

            var drafted = await db.DraftNextAsync(model, command.From, command.Intent, caller.Actor, clock.GetUtcNow(), cancellationToken);
            return drafted.Error is { } refusal ? refusal : drafted.Value.Number;
        }
    }
}
