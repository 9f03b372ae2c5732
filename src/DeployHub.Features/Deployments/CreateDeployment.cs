using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>Plans a deployment; it stays a draft until it is submitted. Answers its number.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record CreateDeployment(PlanInput Plan, string? Title = null, string? Description = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<CreateDeployment>
    {
        public Validator()
        {
            RuleFor(command => command.Plan).NotNull().SetValidator(new PlanInputValidator());
            RuleFor(command => command.Title).MaximumLength(200);
            RuleFor(command => command.Description).MaximumLength(4000);
        }
    }

    internal sealed class Handler(DeployHubDb db, PlanBinding binding, Caller caller, TimeProvider clock) : ICommandHandler<CreateDeployment, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(CreateDeployment command, CancellationToken cancellationToken)
        {
            var bound = await binding.BindAsync(command.Plan, cancellationToken);
            if (bound.Error is { } objection) return objection;
            if (caller.RefusalThroughout(Permission.PlanDeployments, bound.Value.Services, bound.Value.Environment.Key) is { } refusal) return refusal;
            if (command.Plan.Rehearsal is not null && !caller.May(Permission.EditModels)) return PermissionMatrix.Refusal(Permission.EditModels);

            var at = clock.GetUtcNow();
            var deployment = Deployment.Create(
                await db.NextNumberAsync("DEP", at, cancellationToken), bound.Value.Service, bound.Value.Environment.Id, bound.Value.Model.Id,
                TitleOf(command, bound.Value), command.Description ?? "", bound.Value.Plan, bound.Value.Slot, caller.Actor, at);
            if (command.Plan.People is { Count: > 0 } people && (await db.AssignAsync(deployment, people, null, caller.Actor, at, "Plan.", cancellationToken)).Error is { } unfit) return unfit;

            db.Deployments.Add(deployment);
            return deployment.Number;
        }

        private static string TitleOf(CreateDeployment command, BoundPlan bound) => string.IsNullOrWhiteSpace(command.Title)
            ? bound.Plan.InWordsAt(bound.Environment.Name)
            : command.Title.Trim();
    }
}
