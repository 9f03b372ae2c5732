using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>One person's yes, bound to the plan digest that the person saw.</summary>
[Requires(Permission.ApprovePlans)]
public sealed record ApproveDeployment(string Number, string PlanDigest, string? Reason = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ApproveDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.PlanDigest).Must(text => Digest.Parse(text).Error is null).WithMessage("Send the digest of the plan that you approve, as the deployment shows it.");
            RuleFor(command => command.Reason).MaximumLength(2000);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ApproveDeployment, Result>
    {
        public async ValueTask<Result> Handle(ApproveDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            return deployment.Approve(
                Digest.Of(command.PlanDigest), caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment), command.Reason, caller.Actor, at,
                await db.IsAuthorAsync(deployment, caller.Actor, cancellationToken), await db.CoveredByAsync(caller.Actor, at, cancellationToken),
                await db.ApprovableWindowAsync(deployment, at, cancellationToken));
        }
    }
}
