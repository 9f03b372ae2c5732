using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>Makes a campaign of planned deployments, wave by wave: each wave starts after the one before it succeeded. Answers its number.</summary>
/// <param name="Goal">What it is for.</param>
/// <param name="Waves">Numbers of deployments; those of one wave go on beside each other.</param>
/// <param name="StopAfter">After how many that did not succeed nothing further starts; null for never.</param>
[Requires(Permission.PlanDeployments)]
public sealed record PlanCampaign(string Title, IReadOnlyList<IReadOnlyList<string>> Waves, string? Goal = null, int? StopAfter = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<PlanCampaign>
    {
        public Validator()
        {
            RuleFor(command => command.Title).IsName();
            RuleFor(command => command.Goal).MaximumLength(4000);
            RuleFor(command => command.Waves).Must(waves => waves is { Count: > 0 and <= Campaign.MostMembers }).WithMessage("Name the deployments, wave by wave.");
            RuleFor(command => command.Waves).Must(waves => waves is null || waves.All(wave => wave is { Count: > 0 } && wave.All(number => !string.IsNullOrWhiteSpace(number))))
                .WithMessage("Every wave names at least one deployment.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PlanCampaign, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(PlanCampaign command, CancellationToken cancellationToken)
        {
            var numbers = command.Waves.SelectMany(wave => wave).Distinct().ToList();
            var known = await db.Deployments.Where(deployment => numbers.Contains(deployment.Number)).ToDictionaryAsync(deployment => deployment.Number, cancellationToken);
            if (numbers.Find(number => !known.ContainsKey(number)) is { } unknown) return CampaignErrors.Unknown(unknown);
            if (await db.RefusalOfAsync(caller, Permission.PlanDeployments, [.. known.Values], cancellationToken) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var planned = Campaign.Plan(
                await db.NextNumberAsync("CMP", at, cancellationToken), command.Title.Trim(), command.Goal ?? "",
                [.. command.Waves.Select(wave => wave.Select(number => known[number]).ToList())], command.StopAfter, caller.Actor, at);
            if (planned.Error is { } objection) return objection;

            db.Campaigns.Add(planned.Value);
            return await JoinAsync(planned.Value, [.. known.Values], at, cancellationToken) is { } cannot ? cannot : planned.Value.Number;
        }

        private async Task<Error?> JoinAsync(Campaign campaign, IReadOnlyList<Deployment> deployments, DateTimeOffset at, CancellationToken cancellationToken)
        {
            foreach (var deployment in deployments)
            {
                var before = deployment.PlanDigest;
                if (deployment.JoinCampaign(campaign, campaign.Before(deployment.Id), caller.Actor, at).Error is { } refusal) return refusal;

                await db.CarryExceptionsAsync(deployment, before, cancellationToken);
            }

            var after = deployments.ToDictionary(deployment => deployment.Number, deployment => (IReadOnlyList<string>)[.. deployment.Plan.After.Select(predecessor => predecessor.Number)]);
            return await db.CircleAsync(after, cancellationToken) is { } circle ? circle with { Fields = new Dictionary<string, string[]> { ["Waves"] = [circle.Message] } } : null;
        }
    }
}
