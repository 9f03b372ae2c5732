using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Gives up a campaign that has no go. Its deployments stay, each on its own, and start after the same ones as before.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.PlanDeployments)]
public sealed record CancelCampaign(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<CancelCampaign>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CancelCampaign, Result>
    {
        public async ValueTask<Result> Handle(CancelCampaign command, CancellationToken cancellationToken)
        {
            var found = await db.FindCampaignAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var deployments = await db.DeploymentsOfAsync(found.Value, cancellationToken);
            if (await db.RefusalOfAsync(caller, Permission.PlanDeployments, deployments, cancellationToken) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var cancelled = found.Value.Cancel(command.Reason.Trim(), caller.Actor, at);
            if (cancelled.Error is null) deployments.FindAll(deployment => deployment.CampaignId == found.Value.Id).ForEach(deployment => deployment.LeaveCampaign(found.Value.Number, caller.Actor, at));
            return cancelled;
        }
    }
}
