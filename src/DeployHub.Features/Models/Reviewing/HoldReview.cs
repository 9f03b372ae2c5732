using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Analysis;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>Says that people came together for a review. The signals of this moment are kept with it: each gets a verdict before it is closed.</summary>
/// <param name="Participants">E-mail addresses of people with accounts, 1 to 20.</param>
[Requires(Permission.HoldReviews)]
public sealed record HoldReview(string Number, IReadOnlyList<string> Participants) : ICommand<Result>
{
    public const int MostParticipants = 20;

    internal sealed class Validator : AbstractValidator<HoldReview>
    {
        public Validator() => RuleFor(command => command.Participants).NotEmpty().WithMessage("Name at least one person who took part.")
            .Must(people => people is null || people.Count <= MostParticipants).WithMessage($"At most {MostParticipants} people take part.")
            .Must(people => people is null || people.All(person => person is not null)).WithMessage("Write an e-mail address for each.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<HoldReview, Result>
    {
        public async ValueTask<Result> Handle(HoldReview command, CancellationToken cancellationToken)
        {
            var found = await db.FindReviewAsync(command.Number, cancellationToken);
            if (found.Error is { } missing) return missing;
            var participants = await db.ParticipantsAsync(command.Participants, cancellationToken);
            if (participants.Error is { } stranger) return stranger;

            var (review, at) = (found.Value, clock.GetUtcNow());
            var (slug, version, deployment) = await SubjectAsync(review, cancellationToken);
            var analysed = await db.FindAnalysedAsync(slug, version is { } number ? [number] : [], at, cancellationToken);
            if (analysed.Error is { } unknown) return unknown;

            var facts = (await db.ReadRecordsAsync(analysed.Value, cancellationToken))[0].Facts;
            var signals = Signals.Of(facts).SelectMany(answer => answer.Found);
            if (deployment is not null) signals = signals.Where(signal => signal.IsShownBy(deployment)).Select(signal => signal.For(deployment));
            return review.Hold(participants.Value, facts.Window, signals, caller.Actor, at);
        }

        /// <summary>A deployment is looked at with the version that it used, and with the signals that it shows.</summary>
        private async Task<(string Slug, int? Version, string? Deployment)> SubjectAsync(Review review, CancellationToken cancellationToken)
        {
            var slug = await db.Models.Where(model => model.Id == review.ModelId).Select(model => model.Slug).SingleAsync(cancellationToken);
            if (review.DeploymentId is not { } id) return (slug, null, null);

            var found = await (from deployment in db.Deployments
                               where deployment.Id == id
                               join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
                               select new { deployment.Number, Version = version.Number }).SingleAsync(cancellationToken);
            return (slug, found.Version, found.Number);
        }
    }
}
