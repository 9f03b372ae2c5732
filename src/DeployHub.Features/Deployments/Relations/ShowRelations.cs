using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Relations;

/// <summary>What a deployment starts after, what starts after it, and the campaign that it belongs to.</summary>
public sealed record ShowRelations(string Number) : IQuery<Result<ShowRelations.View>>
{
    private const int Most = 100;

    /// <param name="Before">The newest hundred that start after it.</param>
    public sealed record View(IReadOnlyList<Related> After, IReadOnlyList<Related> Before, CampaignOf? Campaign);

    /// <param name="Until">What the later one of the two waits for.</param>
    /// <param name="Objection">Why the later one may not start yet; null when it may.</param>
    public sealed record Related(
        string Number, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, PredecessorEnd Until, string? Objection);

    /// <param name="PutsBefore">Numbers of those that it puts before this one, which stay whatever an edit says.</param>
    public sealed record CampaignOf(string Number, string Title, CampaignStatus Status, IReadOnlyList<string> PutsBefore);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowRelations, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowRelations query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment)
                return Error.NotFound("deployment", query.Number);

            return new View(await AfterAsync(deployment, cancellationToken), await BeforeAsync(deployment, cancellationToken), await CampaignAsync(deployment, cancellationToken));
        }

        private async Task<CampaignOf?> CampaignAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            if (deployment.CampaignId is not { } id) return null;

            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(known => known.Id == id, cancellationToken);
            return new CampaignOf(campaign.Number, campaign.Title, campaign.Status, [.. campaign.Before(deployment.Id).Select(before => before.Number)]);
        }

        private async Task<IReadOnlyList<Related>> AfterAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var ids = deployment.Plan.After.Select(predecessor => predecessor.Id).ToList();
            if (ids.Count == 0) return [];

            var found = await db.Deployments.AsNoTracking().Where(known => ids.Contains(known.Id)).ToListAsync(cancellationToken);
            return [.. deployment.Plan.After.Select(predecessor => Row(found.Single(known => known.Id == predecessor.Id), predecessor.Until, found.Single(known => known.Id == predecessor.Id)))];
        }

        private async Task<IReadOnlyList<Related>> BeforeAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var waiting = await db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.follows @> array[{deployment.Id.Value}]")
                .AsNoTracking().OrderByDescending(known => known.Number).Take(Most).ToListAsync(cancellationToken);
            return [.. waiting.Select(later => Row(later, later.Plan.After.First(predecessor => predecessor.Id == deployment.Id).Until, deployment))];
        }

        private static Related Row(Deployment shown, PredecessorEnd until, Deployment earlier) => new(
            shown.Number, shown.Title, shown.Plan.Environment, shown.Status, shown.Outcome, until, new PredecessorStanding(earlier.Number, earlier.Status, earlier.Outcome, until).Objection);
    }
}
