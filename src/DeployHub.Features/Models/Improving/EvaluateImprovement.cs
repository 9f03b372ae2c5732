using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Improving;

/// <summary>
/// Says what came of a delivered improvement. The figure is computed as it was before; where the two intervals overlap, there is no clear change
/// (domain MR-7). It is due 30 days after the delivery, or after ten live deployments.
/// </summary>
/// <param name="Verdict">The improvement itself shows what the figures suggest.</param>
/// <param name="Reason">Needed for another verdict than that.</param>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.DecideImprovements)]
public sealed record EvaluateImprovement(string Number, EffectVerdict? Verdict, string? Reason = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EvaluateImprovement>
    {
        public Validator()
        {
            RuleFor(command => command.Verdict).NotNull().WithMessage("Say what came of it: Effective, NoEffect or Worse.").IsInEnum();
            RuleFor(command => command.Reason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EvaluateImprovement, Result>
    {
        public async ValueTask<Result> Handle(EvaluateImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } refusal) return refusal;

            var (improvement, at) = (found.Value, clock.GetUtcNow());
            var (after, deployments) = await db.MeasuredAfterAsync(improvement, await db.LinkedVersionAsync(improvement, cancellationToken), at, cancellationToken);
            return improvement.Evaluate(after, command.Verdict!.Value, command.Reason?.Trim(), deployments, caller.Actor, at);
        }
    }
}
