using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>Asks for a review before it is due by itself: of a model's records, or of one completed deployment. Answers its number.</summary>
/// <param name="Occasion">Why it is wanted.</param>
/// <param name="Model">Slug of the model whose records are looked at.</param>
/// <param name="Deployment">Number of the deployment, such as <c>DEP-2026-000123</c>, instead of a model.</param>
/// <param name="DueOn">The last day, at most a year from now; left out, five working days from now.</param>
[Requires(Permission.HoldReviews)]
public sealed record ScheduleReview(string Occasion, string? Model = null, string? Deployment = null, DateOnly? DueOn = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<ScheduleReview>
    {
        public Validator()
        {
            RuleFor(command => command.Occasion).NotEmpty().WithMessage("Say why the review is wanted.").MaximumLength(500).WithMessage("Use at most 500 characters.");
            RuleFor(command => command.Model!).IsKey().When(command => !string.IsNullOrEmpty(command.Model));
            RuleFor(command => command.Deployment).MaximumLength(20).WithMessage("Write a number such as DEP-2026-000123.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ScheduleReview, Result<string>>
    {
        private static readonly DeploymentStatus[] Over = [DeploymentStatus.Completed, DeploymentStatus.Closed];

        public async ValueTask<Result<string>> Handle(ScheduleReview command, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var (today, dueOn) = (DateOnly.FromDateTime(at.UtcDateTime), command.DueOn ?? (await db.WorkingDaysAsync(cancellationToken)).After(at, Review.WorkingDays));
            if (dueOn < today || dueOn > today.AddYears(1)) return ReviewErrors.DueInThePast;
            if (string.IsNullOrWhiteSpace(command.Model) == string.IsNullOrWhiteSpace(command.Deployment)) return ReviewErrors.OneSubject;

            var made = string.IsNullOrWhiteSpace(command.Model)
                ? await OfDeploymentAsync(command.Deployment!.Trim(), command.Occasion.Trim(), dueOn, at, cancellationToken)
                : await OfModelAsync(command.Model, command.Occasion.Trim(), dueOn, at, cancellationToken);
            if (made.Error is { } refusal) return refusal;

            db.Reviews.Add(made.Value);
            return made.Value.Number;
        }

        private async Task<Result<Review>> OfModelAsync(string slug, string occasion, DateOnly dueOn, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var model = await db.Models.Where(known => known.Slug == slug).Select(known => new { known.Id }).SingleOrDefaultAsync(cancellationToken);
            if (model is null) return ReviewErrors.NoSuchSubject("model", nameof(Model), slug);

            return Review.OfModel(await db.NextNumberAsync("REV", at, cancellationToken), model.Id, occasion, dueOn, caller.Actor, at);
        }

        private async Task<Result<Review>> OfDeploymentAsync(string number, string occasion, DateOnly dueOn, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var found = await (from deployment in db.Deployments
                               where deployment.Number == number
                               join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
                               select new { deployment.Id, deployment.Status, version.ModelId }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return ReviewErrors.NoSuchSubject("deployment", nameof(Deployment), number);
            if (!Over.Contains(found.Status)) return ReviewErrors.DeploymentNotOver;

            return Review.OfDeployment(await db.NextNumberAsync("REV", at, cancellationToken), found.ModelId, found.Id, occasion, dueOn, caller.Actor, at);
        }
    }
}
