using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Partners;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>
/// Judges what a plan risks otherwise than its seven factors do. Anybody raises; lowering takes an approver who did not plan it. The approvals follow,
/// and organisations whose agreement in advance does not cover it any more are asked.
/// </summary>
/// <param name="Band">What it is, by this person's judgement.</param>
[Requires(Permission.ChangeRisk)]
public sealed record ChangeRisk(string Number, RiskBand Band, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ChangeRisk>
    {
        public Validator()
        {
            RuleFor(command => command.Band).IsInEnum().WithMessage("Say one of Low, Medium and High.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ChangeRisk, Result>
    {
        public async ValueTask<Result> Handle(ChangeRisk command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ChangeRisk, services, environment) is { } refusal) return refusal;

            var policy = await db.Environments.Where(known => known.Id == deployment.EnvironmentId).Select(known => known.Policy).SingleAsync(cancellationToken);
            var at = clock.GetUtcNow();
            var changed = deployment.ChangeRisk(
                command.Band, band => ApprovalPolicy.For(deployment.Plan, policy, band), caller.RolesThroughout(services, environment).Contains(Role.Approver), command.Reason, caller.Actor, at,
                await db.IsAuthorAsync(deployment, caller.Actor, cancellationToken));
            if (changed.Error is not null) return changed;

            var aligned = await db.AlignAsync(deployment, caller.Actor, at, cancellationToken);
            if (aligned.Error is null) await db.FollowChangeAsync(deployment, at, cancellationToken);
            return aligned;
        }
    }
}
