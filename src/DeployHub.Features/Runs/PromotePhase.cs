using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Lets the phase after the observed one begin (domain §2.5).</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Phase">Number of the phase that waits to be promoted.</param>
/// <param name="Reason">Required where a check could not tell.</param>
[Requires(Permission.PromotePhases)]
public sealed record PromotePhase(string Run, int Phase, string? Reason = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PromotePhase>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(4000);
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<PromotePhase, Result>
    {
        public async ValueTask<Result> Handle(PromotePhase command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PromotePhases, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var promoted = locked.Value.Promote(command.Phase, command.Reason, caller.Actor, clock.GetUtcNow());
            if (promoted.Error is not null) return promoted;

            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }
    }
}
