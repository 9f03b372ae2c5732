using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Improving;

/// <summary>Says what a proposed improvement would bring and cost, so that somebody can decide.</summary>
/// <param name="Value">What it would bring.</param>
/// <param name="Effort">What it would take.</param>
/// <param name="Risk">What could become worse.</param>
/// <param name="Note">Why, where the levels do not say it all.</param>
/// <param name="Hypothesis">What is expected of it, said anew; null keeps what its proposer said.</param>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.DecideImprovements)]
public sealed record AssessImprovement(string Number, Level? Value, Level? Effort, Level? Risk, string? Note = null, string? Hypothesis = null, uint? Seen = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AssessImprovement>
    {
        public Validator()
        {
            RuleFor(command => command.Value).NotNull().WithMessage("Say what it would bring: Low, Medium or High.").IsInEnum();
            RuleFor(command => command.Effort).NotNull().WithMessage("Say what it would take: Low, Medium or High.").IsInEnum();
            RuleFor(command => command.Risk).NotNull().WithMessage("Say how much could become worse: Low, Medium or High.").IsInEnum();
            RuleFor(command => command.Note).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.Hypothesis).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AssessImprovement, Result>
    {
        public async ValueTask<Result> Handle(AssessImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            return found.Error is { } refusal
                ? refusal
                : found.Value.Assess(command.Value!.Value, command.Effort!.Value, command.Risk!.Value, command.Note, command.Hypothesis, caller.Actor, clock.GetUtcNow());
        }
    }
}
