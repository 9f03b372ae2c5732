using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Takes one's own approval back before a run starts.</summary>
[Requires(Permission.ApprovePlans)]
public sealed record WithdrawApproval(string Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<WithdrawApproval>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<WithdrawApproval, Result>
    {
        public async ValueTask<Result> Handle(WithdrawApproval command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is { } refusal) return refusal;

            return deployment.WithdrawApproval(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
