using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Says whether it goes before others or after them. No approval binds to that.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record PrioritiseDeployment(string Number, Priority Priority, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PrioritiseDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Number).NotEmpty().WithMessage("Say which deployment.");
            RuleFor(command => command.Priority).IsInEnum();
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PrioritiseDeployment, Result>
    {
        public async ValueTask<Result> Handle(PrioritiseDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            return caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal ? refusal : deployment.Prioritise(command.Priority, command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
