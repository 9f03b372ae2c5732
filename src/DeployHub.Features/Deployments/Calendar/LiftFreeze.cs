using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Takes a freeze back: it forbids nothing from now on. Only whoever declared it, or a deployment manager.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DeclareFreezes)]
public sealed record LiftFreeze(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LiftFreeze>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<LiftFreeze, Result>
    {
        public async ValueTask<Result> Handle(LiftFreeze command, CancellationToken cancellationToken)
        {
            var found = await db.FindFreezeAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(Permission.DeclareFreezes, found.Value.Scope.Service, found.Value.Scope.Environment) is { } refusal) return refusal;

            var isManager = caller.RolesIn(found.Value.Scope.Service, found.Value.Scope.Environment).Contains(Role.DeploymentManager);
            var (at, reason) = (clock.GetUtcNow(), command.Reason.Trim());
            var lifted = found.Value.Lift(reason, isManager, caller.Actor, at);
            if (lifted.Error is null) await db.GoOnAfterFreezeAsync(found.Value, reason, caller.Actor, at, cancellationToken);
            return lifted;
        }
    }
}
