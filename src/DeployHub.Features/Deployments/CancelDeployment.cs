using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Runs;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Ends a deployment that no run has begun.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record CancelDeployment(string Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<CancelDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CancelDeployment, Result>
    {
        public async ValueTask<Result> Handle(CancelDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var cancelled = deployment.Cancel(command.Reason, caller.Actor, clock.GetUtcNow());
            if (cancelled.Error is not null) return cancelled;

            await db.VoidExceptionsAsync(deployment, caller.Actor, clock.GetUtcNow(), cancellationToken);
            await db.FollowSuccessorsAsync([deployment], clock.GetUtcNow(), cancellationToken);
            return cancelled;
        }
    }
}
