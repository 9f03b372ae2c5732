using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Takes a submitted plan back to draft; approvals are void.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record RecallDeployment(string Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RecallDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RecallDeployment, Result>
    {
        public async ValueTask<Result> Handle(RecallDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            return deployment.Recall(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
