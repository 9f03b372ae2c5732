using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Says that it is no difference that matters, for as long as the same is seen and the same is desired. What blocks is dismissed by the environment's owner alone.</summary>
[Requires(Permission.HandleDrift)]
public sealed record DismissDrift(string Environment, Guid Item, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DismissDrift>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DismissDrift, Result>
    {
        public async ValueTask<Result> Handle(DismissDrift command, CancellationToken cancellationToken)
        {
            var locked = await db.LockDriftAsync(command.Environment, command.Item, caller, cancellationToken);
            if (locked.Error is { } error) return error;
            if (caller.RefusalToOverlook(locked.Value, command.Environment) is { } refusal) return refusal;

            var isByOwner = caller.OwnerRefusal(command.Environment) is null;
            return (await db.BaselineAsync(locked.Value.TargetId, cancellationToken)).Dismiss(locked.Value, command.Reason, caller.Actor, isByOwner, clock.GetUtcNow());
        }
    }
}
