using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>
/// Asks a worker to look the change of a deployment up now, such as after somebody moved it on there. Once in a while for one change, whoever asks: each
/// time a look that is under way counts for nothing.
/// </summary>
/// <param name="Number">Of the deployment.</param>
[Requires(Permission.PlanDeployments)]
public sealed record LookUpChange(string Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LookUpChange>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<LookUpChange, Result>
    {
        public async ValueTask<Result> Handle(LookUpChange command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;
            if (deployment.Plan.ChangeReference is not { } reference || (await db.ChangeToolsAsync(cancellationToken)).Of(reference) is not { } tool) return ChangeToolErrors.NoChange(command.Number);

            if (!await db.AskForPersonAsync(tool.Id, reference, clock.GetUtcNow(), cancellationToken)) return ChangeToolErrors.JustAsked(reference);

            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }
    }
}
