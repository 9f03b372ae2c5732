using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>One person's no, with the reason; the plan goes back to draft.</summary>
[Requires(Permission.ApprovePlans)]
public sealed record RejectDeployment(string Number, string PlanDigest, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RejectDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.PlanDigest).Must(text => Digest.Parse(text).Error is null).WithMessage("Send the digest of the plan that you reject, as the deployment shows it.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RejectDeployment, Result>
    {
        public async ValueTask<Result> Handle(RejectDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            return deployment.Reject(
                Digest.Of(command.PlanDigest), caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment), command.Reason, caller.Actor, at,
                await db.CoveredByAsync(caller.Actor, at, cancellationToken));
        }
    }
}
