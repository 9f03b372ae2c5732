using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>
/// Says what follows from one signal of a review that is held: improve, accept or watch, where the cause lies, and why. Practitioners and release managers
/// contribute verdicts, too; they stand once a deployment manager closes the review (domain §4.2).
/// </summary>
/// <param name="Finding">From 1, as the review numbers them.</param>
/// <param name="Words">Why.</param>
[Requires(Permission.ContributeToReviews)]
public sealed record GiveVerdict(string Number, int Finding, ReviewVerdict? Verdict, CauseClass? CauseClass, string Words) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GiveVerdict>
    {
        public Validator()
        {
            RuleFor(command => command.Verdict).NotNull().WithMessage("Choose Improve, Accept or Watch.").IsInEnum().WithMessage("Choose Improve, Accept or Watch.");
            RuleFor(command => command.CauseClass).NotNull().WithMessage("Choose where the cause lies.").IsInEnum().WithMessage("Choose where the cause lies.");
            RuleFor(command => command.Words).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<GiveVerdict, Result>
    {
        public async ValueTask<Result> Handle(GiveVerdict command, CancellationToken cancellationToken)
        {
            var found = await db.FindReviewAsync(command.Number, cancellationToken);
            return found.Error is { } missing
                ? missing
                : found.Value.GiveVerdict(command.Finding, command.Verdict!.Value, command.CauseClass!.Value, command.Words.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
