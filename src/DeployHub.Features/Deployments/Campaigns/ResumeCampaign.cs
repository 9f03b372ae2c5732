using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Lets a paused campaign go on.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.PlanDeployments)]
public sealed record ResumeCampaign(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResumeCampaign>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ResumeCampaign, Result>
    {
        public async ValueTask<Result> Handle(ResumeCampaign command, CancellationToken cancellationToken)
        {
            var found = await db.FindCampaignAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var deployments = await db.DeploymentsOfAsync(found.Value, cancellationToken);
            return await db.RefusalOfAsync(caller, Permission.PlanDeployments, deployments, cancellationToken) is { } refusal
                ? refusal
                : found.Value.Resume(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
