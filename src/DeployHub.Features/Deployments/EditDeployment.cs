using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Changes a plan before a run starts. A materially different plan voids approvals (domain §2.4.2).</summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.PlanDeployments)]
public sealed record EditDeployment(string Number, PlanInput Plan, string Title, string? Description = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EditDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Plan).NotNull().SetValidator(new PlanInputValidator());
            RuleFor(command => command.Title).IsName();
            RuleFor(command => command.Description).MaximumLength(4000);
        }
    }

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : ICommandHandler<EditDeployment, Result>
    {
        public async ValueTask<Result> Handle(EditDeployment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } outside) return outside;
            if (db.ChangedSince(deployment, command.Seen) is { } changed) return changed;

            var raised = deployment.Risk is { Changes.Count: > 0 } risen ? risen.Band : (RiskBand?)null;
            var bound = await binding.BindAsync(command.Plan with { After = null }, await KeptAsync(deployment, command.Plan, cancellationToken), raised, cancellationToken);
            if (bound.Error is { } objection) return objection;
            if (bound.Value.Environment.Id != deployment.EnvironmentId)
                return Error.Invalid("deployment.environment-fixed", "Plan.Environment", "A deployment stays in its environment; plan another one for another environment.");
            if (bound.Value.Service != deployment.ServiceId)
                return Error.Invalid("deployment.service-fixed", "Plan.Versions", $"A deployment stays with its service, {services[0]}, whose component comes first; plan another one for {bound.Value.ServiceKey}.");
            if (caller.RefusalThroughout(Permission.PlanDeployments, bound.Value.Services, environment) is { } refusal) return refusal;
            if (command.Plan.Rehearsal is not null && !caller.May(Permission.EditModels)) return PermissionMatrix.Refusal(Permission.EditModels);

            var after = await db.AfterEditAsync(deployment, command.Plan.After, cancellationToken);
            if (after.Error is { } unrelated) return unrelated;

            var (title, description, at) = (command.Title.Trim(), command.Description ?? "", clock.GetUtcNow());
            var (plan, model, slot) = (bound.Value.Plan with { After = after.Value }, bound.Value.Model.Id, bound.Value.Slot);
            if (deployment.Status is DeploymentStatus.Draft) // judged when it is submitted
                return await ThenNameAsync(deployment, deployment.Edit(title, description, model, plan, slot, [], caller.Actor, at), command.Plan.People, at, cancellationToken);

            var edited = await db.ReviewAsync(
                deployment, bound.Value with { Plan = plan },
                judged => deployment.Edit(title, description, model, plan, slot, judged.NeededAfter(deployment.Risk), caller.Actor, at, judged.Risk, judged.Authorised), caller.Actor, at, cancellationToken);
            return await ThenNameAsync(deployment, edited, command.Plan.People, at, cancellationToken);
        }

        /// <summary>Whose slot is gone is named no more; others as the plan says.</summary>
        private async Task<Result> ThenNameAsync(Deployment deployment, Result edited, IReadOnlyDictionary<string, IReadOnlyList<string>>? people, DateTimeOffset at, CancellationToken cancellationToken)
        {
            if (edited.Error is not null) return edited;

            await db.VoidExceptionsAsync(deployment, caller.Actor, at, cancellationToken);
            deployment.LeaveSlotsThatAreGone();
            return people is null ? edited : await db.AssignAsync(deployment, people, null, caller.Actor, at, "Plan.", cancellationToken);
        }

        /// <summary>The version that a plan stays with, where that was decided when a newer one was published; null takes the published one.</summary>
        private async Task<ModelVersion?> KeptAsync(Deployment deployment, PlanInput plan, CancellationToken cancellationToken) =>
            deployment.Migration is { Decision: MigrationDecision.Keep } && plan.Model == deployment.Plan.Model && (plan.ModelVersion is null || plan.ModelVersion == deployment.Plan.ModelVersion)
                ? await db.ModelVersions.SingleOrDefaultAsync(version => version.Id == deployment.ModelVersionId && version.Status == ModelVersionStatus.Deprecated, cancellationToken)
                : null;
    }
}
