using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Keeps back what has not started; what runs goes on.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.PlanDeployments)]
public sealed record PauseCampaign(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PauseCampaign>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PauseCampaign, Result>
    {
        public async ValueTask<Result> Handle(PauseCampaign command, CancellationToken cancellationToken)
        {
            var found = await db.FindCampaignAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var deployments = await db.DeploymentsOfAsync(found.Value, cancellationToken);
            return await db.RefusalOfAsync(caller, Permission.PlanDeployments, deployments, cancellationToken) is { } refusal
                ? refusal
                : found.Value.Pause(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
