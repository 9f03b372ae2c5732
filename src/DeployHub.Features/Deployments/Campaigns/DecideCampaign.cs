using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>One person's go, which lets what is next start, or no-go, which stops what has not started. It counts for exactly the plans that were seen.</summary>
/// <param name="PlansDigest">As the campaign shows it.</param>
/// <param name="Reason">Needed against it.</param>
[Requires(Permission.ApprovePlans)]
public sealed record DecideCampaign(string Number, GoNoGo Verdict, string PlansDigest, string? Reason = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DecideCampaign>
    {
        public Validator()
        {
            RuleFor(command => command.Verdict).IsInEnum();
            RuleFor(command => command.PlansDigest).Must(text => Digest.Parse(text).Error is null).WithMessage("Send the digest of the plans that you decide about, as the campaign shows it.");
            RuleFor(command => command.Reason).MaximumLength(2000);
            RuleFor(command => command.Reason).NotEmpty().When(command => command.Verdict is GoNoGo.NoGo).WithMessage("Say why not: the reason becomes part of the record.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DecideCampaign, Result>
    {
        public async ValueTask<Result> Handle(DecideCampaign command, CancellationToken cancellationToken)
        {
            var found = await db.FindCampaignAsync(command.Number, null, cancellationToken);
            if (found.Error is { } unknown) return unknown;

            var deployments = await db.DeploymentsOfAsync(found.Value, cancellationToken);
            if (await db.RefusalOfAsync(caller, Permission.ApprovePlans, deployments, cancellationToken) is { } refusal) return refusal;

            return found.Value.Decide(command.Verdict, deployments, Digest.Of(command.PlansDigest), command.Reason?.Trim() ?? "", caller.Actor, clock.GetUtcNow());
        }
    }
}
