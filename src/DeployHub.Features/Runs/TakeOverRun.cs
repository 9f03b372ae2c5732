using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Makes the caller the run's operator (domain J11).</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
[Requires(Permission.OperateRuns)]
public sealed record TakeOverRun(string Run) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<TakeOverRun>
    {
        public Validator() => RuleFor(command => command.Run).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<TakeOverRun, Result>
    {
        public async ValueTask<Result> Handle(TakeOverRun command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.OperateRuns, caller, cancellationToken);
            return locked.Error is { } error ? error : locked.Value.TakeOver(caller.Actor, clock.GetUtcNow());
        }
    }
}
