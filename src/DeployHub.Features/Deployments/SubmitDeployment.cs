using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Asks for the approvals that the policy needs; none needed schedules it at once.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record SubmitDeployment(string Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SubmitDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Number).NotEmpty();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<SubmitDeployment, Result>
    {
        public async ValueTask<Result> Handle(SubmitDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (service, environment) = await db.ScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalOf(Permission.PlanDeployments, service, environment) is { } refusal) return refusal;

            var model = StartGates.Model(deployment, (await db.GateFactsAsync(deployment, cancellationToken)).Model, clock.GetUtcNow());
            if (!model.IsOpen) return new Error(ErrorKind.Conflict, "deployment.model-unusable", model.Sentence);

            if (deployment.EmptySlots is { Count: > 0 } empty) return StaffingErrors.Empty(empty);

            var policy = await db.Environments.Where(candidate => candidate.Id == deployment.EnvironmentId).Select(candidate => candidate.Policy).SingleAsync(cancellationToken);
            return deployment.Submit(ApprovalPolicy.For(deployment.Plan, policy), caller.Actor, clock.GetUtcNow());
        }
    }
}
