using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>
/// Drafts the deployment that takes the same versions to the targets that a partial one left out, with the model as it is published now.
/// Answers its number.
/// </summary>
/// <param name="Number">The deployment that ended partially deployed.</param>
[Requires(Permission.PlanDeployments)]
public sealed record PlanResidual(string Number) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<PlanResidual>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : ICommandHandler<PlanResidual, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(PlanResidual command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } partial) return Error.NotFound("deployment", command.Number);
            if (partial.Residual.Count == 0) return DeploymentErrors.NothingResidual(partial.Number);
            if (await db.ResidualOfAsync(partial.Id, cancellationToken) is { } known) return DeploymentErrors.ResidualPlanned(partial.Number, known);

            var bound = await binding.BindAsync(InputOf(partial), cancellationToken);
            if (bound.Error is { } objection) return objection;
            if (caller.RefusalThroughout(Permission.PlanDeployments, bound.Value.Services, bound.Value.Environment.Key) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var residual = Deployment.Create(
                await db.NextNumberAsync("DEP", at, cancellationToken), bound.Value.Service, bound.Value.Environment.Id, bound.Value.Model.Id,
                $"The rest of {partial.Number}", partial.Description, bound.Value.Plan, null, caller.Actor, at);
            db.Deployments.Add(residual);
            partial.LeaveRestTo(residual, caller.Actor, at);
            return residual.Number;
        }

        private static PlanInput InputOf(Deployment partial) => new()
        {
            Environment = partial.Plan.Environment,
            Versions = [.. partial.Plan.Versions.Select(version => version.Reference)],
            Removal = RemovalInput.Of(partial.Plan.Removal),
            Model = partial.Plan.Model,
            Targets = [.. partial.Residual.Select(target => target.Name)],
            Parameters = partial.Plan.Parameters,
            Deviations = (partial.Plan.Deviations ?? []).ToDictionary(deviation => deviation.Parameter, deviation => deviation.Reason),
            Parties = [.. partial.Plan.Parties.Where(party => !party.IsByRule).Select(party => party.Key)],
            Category = partial.Plan.Category,
            Reason = partial.Plan.Reason,
            Incident = partial.Plan.Incident,
            IncidentSeverity = partial.Plan.IncidentSeverity,
            ChangeReference = partial.Plan.ChangeReference,
        };
    }
}
