using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Communicating;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// Brings a tested and approved version into use: plans are made with it from now on, the version before is deprecated, and what was
/// decided about plans under way is told to them (domain A6). Improvements that were written in it are delivered.
/// </summary>
/// <param name="ChangeReference">The change that introduces it.</param>
/// <param name="ReleaseNote">What changes for whom.</param>
/// <param name="Migrations">A decision for every open plan with an earlier version.</param>
/// <param name="AcknowledgeBy">The day by which everybody who is told of it says that they know; null asks nobody.</param>
[Requires(Permission.PublishModels)]
public sealed record PublishModelVersion(string Slug, int Number, string ChangeReference, string ReleaseNote, IReadOnlyList<PlanMigration>? Migrations = null, DateOnly? AcknowledgeBy = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PublishModelVersion>
    {
        public Validator()
        {
            RuleFor(command => command.ChangeReference).NotEmpty().WithMessage("Name the change that introduces it, such as CHG-311.").MaximumLength(100).WithMessage("Use at most 100 characters.");
            RuleFor(command => command.ReleaseNote).NotEmpty().WithMessage("Say what changes for whoever uses it.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleForEach(command => command.Migrations).Must(migration => migration is not null && Enum.IsDefined(migration.Decision)).WithMessage("Say the deployment and one of Keep, RecommendUpgrade and MustUpgrade.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PublishModelVersion, Result>
    {
        public async ValueTask<Result> Handle(PublishModelVersion command, CancellationToken cancellationToken)
        {
            if (await db.Models.SingleOrDefaultAsync(model => model.Slug == command.Slug, cancellationToken) is not { } model) return ModelErrors.NotFound(command.Slug);

            var versions = await db.ModelVersions.Where(version => version.ModelId == model.Id).ToListAsync(cancellationToken);
            if (versions.Find(version => version.Number == command.Number) is not { } published) return ModelErrors.VersionNotFound(command.Slug, command.Number);

            var (at, decisions) = (clock.GetUtcNow(), command.Migrations ?? []);
            if (command.AcknowledgeBy is { } day && Communication.IsOutside(day, at)) return CommunicationErrors.DueOutside;

            var plans = await db.PlansToDecideAsync(model.Id, cancellationToken);
            var done = model.Publish(
                published, versions.Find(version => version.IsCurrent), command.ChangeReference.Trim(), command.ReleaseNote.Trim(), decisions,
                [.. plans.Select(plan => plan.Number)], caller.Actor, at);
            if (done.Error is not null) return done;

            foreach (var plan in plans) plan.Migrate(published.Number, decisions.Last(decision => decision.Deployment == plan.Number).Decision, caller.Actor, at);
            await db.DeliverImprovementsAsync(published, caller.Actor, at, cancellationToken);
            await db.CommunicateAsync(model, published, command.AcknowledgeBy, caller.Actor, at, cancellationToken);
            return Result.Success;
        }
    }
}
