using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>Ends a review once each signal has its verdict. What it says stays as it is from then on.</summary>
/// <param name="Narrative">What was talked about, and what comes of it.</param>
/// <param name="CauseClass">Where the cause of the deployment's trouble lay; needed for the review of a deployment.</param>
[Requires(Permission.HoldReviews)]
public sealed record CloseReview(string Number, string Narrative, CauseClass? CauseClass = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<CloseReview>
    {
        public Validator()
        {
            RuleFor(command => command.Narrative).NotEmpty().WithMessage("Say in a few lines what was talked about, and what comes of it.")
                .MaximumLength(10_000).WithMessage("Use at most 10,000 characters.");
            RuleFor(command => command.CauseClass).IsInEnum().WithMessage("Choose where the cause lay.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CloseReview, Result>
    {
        public async ValueTask<Result> Handle(CloseReview command, CancellationToken cancellationToken)
        {
            var found = await db.FindReviewAsync(command.Number, cancellationToken);
            return found.Error is { } missing ? missing : found.Value.Close(command.Narrative.Trim(), command.CauseClass, caller.Actor, clock.GetUtcNow());
        }
    }
}
