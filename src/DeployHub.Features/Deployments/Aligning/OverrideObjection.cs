using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>One of two people who go on against an objection: a deployment manager and the owner of the service, each with this command.</summary>
/// <param name="Alignment">Number of the request within the deployment.</param>
[Requires(Permission.OverrideObjections)]
public sealed record OverrideObjection(string Number, int Alignment, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<OverrideObjection>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<OverrideObjection, Result>
    {
        public async ValueTask<Result> Handle(OverrideObjection command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.OverrideObjections, services, environment) is { } refusal) return refusal;

            return deployment.OverrideObjection(
                command.Alignment, caller.RolesThroughout(services, environment).Contains(Role.DeploymentManager), caller.QualitiesThroughout(services, environment).Contains(ApproverQuality.ServiceOwner),
                command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
