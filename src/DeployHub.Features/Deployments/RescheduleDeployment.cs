using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Moves the slot; no slot means on demand.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record RescheduleDeployment(string Number, DateTimeOffset? SlotStart, DateTimeOffset? SlotEnd, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RescheduleDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.SlotStart).Must(start => start.IsPlannableOrNothing()).WithMessage(SlotBounds.Rule);
            RuleFor(command => command.SlotEnd).Must(end => end.IsPlannableOrNothing()).WithMessage(SlotBounds.Rule);
            RuleFor(command => command.SlotEnd)
                .Must((command, end) => command.SlotStart is null == end is null).WithMessage("Give both the start and the end of the slot, or neither for on demand.")
                .Must((command, end) => end is null || command.SlotStart is null || end > command.SlotStart).WithMessage("The slot must end after it starts.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RescheduleDeployment, Result>
    {
        public async ValueTask<Result> Handle(RescheduleDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var slot = command is { SlotStart: { } start, SlotEnd: { } end } ? new Slot(start.ToUniversalTime(), end.ToUniversalTime()) : null;
            var at = clock.GetUtcNow();
            return await db.ReviewAsync(deployment, slot, judged => Move(deployment, slot, command.Reason, judged, at), caller.Actor, at, cancellationToken);
        }

        /// <summary>Another hour is another risk.</summary>
        private Result Move(Deployment deployment, Slot? slot, string reason, PlanJudgement judged, DateTimeOffset at)
        {
            var moved = deployment.Reschedule(slot, reason, caller.Actor, at);
            return moved.Error is null ? deployment.Reassess(judged.Risk, judged.Needed, caller.Actor, at) : moved;
        }
    }
}
