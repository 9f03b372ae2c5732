using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Says afterwards whether it was right to start an emergency without approval: never by who did (SOD-4).</summary>
/// <param name="Agrees">False is recorded, too, and stops nothing any more.</param>
[Requires(Permission.ApproveLate)]
public sealed record ApproveLate(string Number, string PlanDigest, string Reason, bool Agrees = true) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ApproveLate>
    {
        public Validator()
        {
            RuleFor(command => command.PlanDigest).Must(text => Digest.Parse(text).Error is null).WithMessage("Send the digest of the plan, as the deployment shows it.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ApproveLate, Result>
    {
        public async ValueTask<Result> Handle(ApproveLate command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ApproveLate, services, environment) is { } refusal) return refusal;

            return deployment.ApproveLate(
                Digest.Of(command.PlanDigest), command.Agrees, caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment), command.Reason,
                await db.OperatorsAsync(deployment.Id, cancellationToken), caller.Actor, clock.GetUtcNow(), await db.IsAuthorAsync(deployment, caller.Actor, cancellationToken));
        }
    }
}
