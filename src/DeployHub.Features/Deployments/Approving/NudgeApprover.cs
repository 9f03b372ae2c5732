using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Reminds whoever may give an approval, at most once a day.</summary>
/// <param name="Approval">Number of the slot within the deployment, from 1.</param>
[Requires(Permission.PlanDeployments)]
public sealed record NudgeApprover(string Number, int Approval) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<NudgeApprover>
    {
        public Validator() => RuleFor(command => command.Approval).GreaterThan(0);
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<NudgeApprover, Result>
    {
        public async ValueTask<Result> Handle(NudgeApprover command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            return caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal ? refusal : deployment.NudgeApprover(command.Approval, caller.Actor, clock.GetUtcNow());
        }
    }
}
