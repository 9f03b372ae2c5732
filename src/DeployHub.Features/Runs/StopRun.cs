using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Halts a run by a person's decision; what is under way is let finish.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
[Requires(Permission.StopRuns)]
public sealed record StopRun(string Run, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<StopRun>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<StopRun, Result>
    {
        public async ValueTask<Result> Handle(StopRun command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.StopRuns, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var stopped = locked.Value.Stop(command.Reason, caller.Actor, clock.GetUtcNow());
            if (stopped.Error is null) await db.SettleAsync([locked.Value], clock.GetUtcNow(), cancellationToken);
            return stopped;
        }
    }
}
