using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Leaves a difference open and in nobody's way until an instant, or until another value is seen. What blocks is ignored by the environment's owner alone.</summary>
/// <param name="Until">At most 90 days away.</param>
[Requires(Permission.HandleDrift)]
public sealed record IgnoreDrift(string Environment, Guid Item, DateTimeOffset Until, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<IgnoreDrift>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<IgnoreDrift, Result>
    {
        public async ValueTask<Result> Handle(IgnoreDrift command, CancellationToken cancellationToken)
        {
            var locked = await db.LockDriftAsync(command.Environment, command.Item, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            return caller.RefusalToOverlook(locked.Value, command.Environment) is { } refusal
                ? refusal
                : locked.Value.Ignore(command.Until.ToUniversalTime(), command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
