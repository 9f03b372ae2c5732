using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
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

            var versions = await db.ModelVersions.Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
            var basis = command.From is { } wanted ? versions.Find(version => version.Number == wanted) : versions.Find(version => version.IsCurrent) ?? versions.Find(version => version.PublishedAt is not null) ?? versions[0];
            if (basis is null) return ModelErrors.VersionNotFound(command.Slug, command.From!.Value);

            var content = (await db.ReadModelAsync(basis.Yaml, command.Slug, DocumentFormat.Yaml, cancellationToken)).Content; // by today's rules, which may be stricter than those of its day
            var drafted = model.Draft(versions.Find(version => version.IsOpen), basis.Number, command.Intent, basis.Yaml, content, caller.Actor, clock.GetUtcNow());
            if (drafted.Error is { } refusal) return refusal;

            db.ModelVersions.Add(drafted.Value);
            return drafted.Value.Number;
        }
    }
}
