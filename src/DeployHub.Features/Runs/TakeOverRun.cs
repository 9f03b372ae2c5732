using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Makes the caller the run's operator (domain J11): somebody who might have started it.</summary>
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
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Id == run.DeploymentId, cancellationToken);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            var may = deployment.TakeOverRun(await db.CallingAsync(caller, services, environment, cancellationToken), run.Doers(), at);
            return may.Error is null ? run.TakeOver(caller.Actor, at) : may;
        }
    }
}
