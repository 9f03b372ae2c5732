using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Says that the target was put right. Where the environment is watched it is looked at again at once: a difference that is still there is found anew.</summary>
/// <param name="Reason">What was done, and why.</param>
[Requires(Permission.HandleDrift)]
public sealed record CorrectDrift(string Environment, Guid Item, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<CorrectDrift>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<CorrectDrift, Result>
    {
        public async ValueTask<Result> Handle(CorrectDrift command, CancellationToken cancellationToken)
        {
            var locked = await db.LockDriftAsync(command.Environment, command.Item, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var at = clock.GetUtcNow();
            var corrected = (await db.BaselineAsync(locked.Value.TargetId, cancellationToken)).Correct(locked.Value, command.Reason, caller.Actor, at);
            if (corrected.Error is not null) return corrected;

            await db.RecordUnmanagedAsync(locked.Value, command.Environment, caller.Actor, at, cancellationToken);
            await db.AskForScansAsync(doorbell, command.Environment, locked.Value.TargetId, at, cancellationToken);
            return corrected;
        }
    }
}
