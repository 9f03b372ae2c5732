using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Templates;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.TargetLists;

/// <summary>Drafts the deployment that takes the same versions to the targets that came into service since another one was planned. Answers its number.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record PlanNewTargets(string Number) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<PlanNewTargets>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : ICommandHandler<PlanNewTargets, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(PlanNewTargets command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } planned) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(planned, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var added = (await db.TargetChangesAsync(planned, cancellationToken)).Added;
            if (added.Count == 0) return DeploymentErrors.NoNewTargets(planned.Number);
            if (await PlannedAsync(planned, added, cancellationToken) is { } known) return DeploymentErrors.NewTargetsPlanned(planned.Number, known);

            var bound = await binding.BindAsync(PlanCopy.InputOf(planned.Plan) with { Targets = added }, cancellationToken);
            if (bound.Error is { } objection) return objection;
            if (caller.RefusalThroughout(Permission.PlanDeployments, bound.Value.Services, bound.Value.Environment.Key) is { } elsewhere) return elsewhere;

            var at = clock.GetUtcNow();
            var deployment = Deployment.Create(
                await db.NextNumberAsync("DEP", at, cancellationToken), bound.Value.Service, bound.Value.Environment.Id, bound.Value.Model.Id,
                $"The new targets of {planned.Number}", planned.Description, bound.Value.Plan, null, caller.Actor, at);
            db.Deployments.Add(deployment);
            return deployment.Number;
        }

        /// <summary>The number of a deployment to come that takes the same versions to all of these targets; null when none does.</summary>
        private async Task<string?> PlannedAsync(Deployment planned, IReadOnlyList<string> added, CancellationToken cancellationToken)
        {
            var components = planned.ComponentIds.ToArray(); // in whatever order, so whichever service is the first
            var open = await db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.component_ids @> {components} and d.component_ids <@ {components}").AsNoTracking()
                .Where(other => other.EnvironmentId == planned.EnvironmentId && other.Id != planned.Id
                    && (other.Status == DeploymentStatus.Draft || other.Status == DeploymentStatus.InReview || other.Status == DeploymentStatus.Scheduled
                        || other.Status == DeploymentStatus.InProgress || other.Status == DeploymentStatus.Halted))
                .OrderBy(other => other.Number).ToListAsync(cancellationToken);
            return open.Find(other => other.Plan.TakesSameTo(planned.Plan, added))?.Number;
        }
    }
}
