using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Says that somebody looked and that the difference is there. Another version on a live target becomes an unmanaged deployment.</summary>
/// <param name="Reason">What was found out, such as the incident it belongs to.</param>
[Requires(Permission.HandleDrift)]
public sealed record ConfirmDrift(string Environment, Guid Item, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfirmDrift>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ConfirmDrift, Result>
    {
        public async ValueTask<Result> Handle(ConfirmDrift command, CancellationToken cancellationToken)
        {
            var locked = await db.LockDriftAsync(command.Environment, command.Item, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var at = clock.GetUtcNow();
            var confirmed = locked.Value.Confirm(command.Reason, caller.Actor, at);
            if (confirmed.Error is null) await db.RecordUnmanagedAsync(locked.Value, command.Environment, caller.Actor, at, cancellationToken);
            return confirmed;
        }
    }
}
