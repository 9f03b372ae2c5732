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
/// Decides for an assessed improvement: who answers for it, by when it is in use, and by which figure it will be judged. What that figure is now
/// is computed from the live deployments of the last 90 days.
/// </summary>
/// <param name="Owner">E-mail address of a person with an account.</param>
/// <param name="Due">The day by which it is in use.</param>
/// <param name="Target">What the metric should become: a percentage such as <c>93 %</c>, or a time such as <c>5h</c>.</param>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.DecideImprovements)]
public sealed record AcceptImprovement(string Number, string Owner, DateOnly? Due, ImprovementMetric? Metric, string Target, string? Reason = null, uint? Seen = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AcceptImprovement>
    {
        public Validator()
        {
            RuleFor(command => command.Owner).NotEmpty().WithMessage("Choose who answers for it.");
            RuleFor(command => command.Due).NotNull().WithMessage("Say by which day it is in use.");
            RuleFor(command => command.Metric).NotNull().WithMessage("Choose the figure by which it will be judged.").IsInEnum();
            RuleFor(command => command.Target).NotEmpty().WithMessage("Say what the metric should become, such as 93 % or 5h.")
                .MaximumLength(20).WithMessage("Use at most 20 characters.");
            RuleFor(command => command.Reason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AcceptImprovement, Result>
    {
        public async ValueTask<Result> Handle(AcceptImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } refusal) return refusal;
            if (await db.FindPersonAsync(command.Owner, cancellationToken) is not { } owner) return ImprovementErrors.NoSuchOwner(command.Owner);

            var metric = command.Metric!.Value;
            var target = metric.ReadTarget(command.Target);
            if (target.Error is { } malformed) return malformed;

            var at = clock.GetUtcNow();
            var baseline = (await db.MeasuredBeforeAsync(found.Value.ModelId, at, cancellationToken)).FirstOrDefault(measured => measured.Metric == metric);
            var answers = new Actor(owner.Id.ToString(), owner.DisplayName);
            return found.Value.Accept(answers, command.Due!.Value, metric, baseline, target.Value, command.Reason?.Trim(), caller.Actor, at);
        }
    }
}
