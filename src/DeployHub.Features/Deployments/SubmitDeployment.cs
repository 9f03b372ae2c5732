using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

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
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var facts = await db.GateFactsAsync(deployment, at, cancellationToken);
            var model = StartGates.Model(deployment, facts.Model, at);
            if (!model.IsOpen) return new Error(ErrorKind.Conflict, "deployment.model-unusable", model.Sentence);

            if (deployment.EmptySlots is { Count: > 0 } empty) return StaffingErrors.Empty(empty);
            return await db.ReviewAsync(
                deployment, deployment.Slot, judged => deployment.Submit(judged.NeededAfter(deployment.Risk), caller.Actor, at, judged.Risk, judged.Authorised), caller.Actor, at, cancellationToken);
        }
    }
}
