using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>Keeps what a deployment was planned with under a name, without its versions and slot. Answers the key.</summary>
/// <param name="Deployment">Number of the deployment that it is made from.</param>
[Requires(Permission.PlanDeployments)]
public sealed record SavePlanTemplate(string Key, string Name, string Deployment) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<SavePlanTemplate>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Deployment).NotEmpty().WithMessage("Name the deployment that it is made from.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<SavePlanTemplate, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(SavePlanTemplate command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Deployment, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Deployment);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var made = PlanTemplate.Make(command.Key, command.Name.Trim(), deployment, caller.Actor, clock.GetUtcNow());
            if (made.Error is { } objection) return objection;

            db.PlanTemplates.Add(made.Value);
            return made.Value.Key;
        }
    }
}
