using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Lets an emergency start before anybody approved it. Everybody is told, and the approval is owed within two working days.</summary>
/// <param name="Confirmation">The deployment's number, typed.</param>
[Requires(Permission.BreakGlass)]
public sealed record BreakGlass(string Number, string PlanDigest, string Confirmation, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<BreakGlass>
    {
        public Validator()
        {
            RuleFor(command => command.PlanDigest).Must(text => Digest.Parse(text).Error is null).WithMessage("Send the digest of the plan, as the deployment shows it.");
            RuleFor(command => command.Confirmation).NotEmpty().WithMessage("Type the number to confirm: everybody will be told.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<BreakGlass, Result>
    {
        public async ValueTask<Result> Handle(BreakGlass command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.BreakGlass, services, environment) is { } refusal) return refusal;

            return deployment.BreakTheGlass(
                Digest.Of(command.PlanDigest), services.All(service => caller.BreaksGlassIn(service, environment)), command.Confirmation, command.Reason, caller.Actor, clock.GetUtcNow(),
                await db.WorkingDaysAsync(cancellationToken));
        }
    }
}
