using DeployHub.Domain;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>CC-9 over live deployments that failed, ended partially or were emergencies.</summary>
internal static class ReviewsHeld
{
    /// <summary>What ended longer ago is history: no review is scheduled for it by itself either.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    public static async Task LookAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var calendar = await db.WorkingDaysAsync(cancellationToken);
        foreach (var (exception, suspect) in await FollowedAsync(db, cancellationToken)) exception.Follow(suspect.Breach(calendar, at), at);
        foreach (var suspect in await SuspectsAsync(db, at, cancellationToken))
            if (suspect.Breach(calendar, at) is { } found) await db.RaiseAsync(ControlCheck.ReviewHeld, new Checked(new DeploymentId(suspect.Id), suspect.Number), found, at, cancellationToken);
    }

    /// <summary>Open exceptions whose review was held since.</summary>
    private static async Task<IEnumerable<(ControlException, Suspect)>> FollowedAsync(DeployHubDb db, CancellationToken cancellationToken)
    {
        var open = await (from exception in db.OpenExceptions(ControlCheck.ReviewHeld)
                          join review in db.Reviews on exception.DeploymentId equals review.DeploymentId
                          join deployment in db.Deployments on review.DeploymentId equals deployment.Id
                          where review.HeldAt != null
                          select new { exception, deployment.Id, deployment.Number, deployment.Outcome, deployment.Plan, deployment.CompletedAt, review.HeldAt }).Take(CheckingControls.Most).ToListAsync(cancellationToken);
        return open.Select(found => (found.exception, new Suspect(found.Id.Value, found.Number, found.Outcome.ToString()!, found.Plan.Category.ToString(), found.CompletedAt!.Value, found.HeldAt)));
    }

    /// <summary>The oldest first: working days are at least as many days, so whatever is due is among them.</summary>
    private static Task<List<Suspect>> SuspectsAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) => db.Database.SqlQuery<Suspect>(
        $"""
        select deployment.id, deployment.number, deployment.outcome, deployment.plan ->> 'category' as category, deployment.completed_at, review.held_at
        from deployments deployment
        left join reviews review on review.deployment_id = deployment.id
        where deployment.completed_at >= {at - Recent} and deployment.completed_at < {at.AddDays(-Review.WorkingDays)} and deployment.outcome is not null and (deployment.plan ->> 'isLive')::boolean
          and (deployment.outcome not in ('Succeeded', 'SucceededAfterIntervention') or deployment.plan ->> 'category' = 'Emergency')
          and deployment.plan ->> 'rehearsal' is null and coalesce(deployment.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')
          and (review.held_at is null or review.held_at > deployment.completed_at + interval '5 days')
          and not exists (select from control_exceptions raised where raised.deployment_id = deployment.id and raised.control = 'ReviewHeld')
        order by deployment.completed_at
        limit {CheckingControls.Most}
        """).ToListAsync(cancellationToken);

    private sealed record Suspect(Guid Id, string Number, string Outcome, string Category, DateTimeOffset CompletedAt, DateTimeOffset? HeldAt)
    {
        public Breach? Breach(WorkingDays calendar, DateTimeOffset at) => ReviewHeld.Of(Enum.Parse<Outcome>(Outcome), Enum.Parse<ChangeCategory>(Category), CompletedAt, HeldAt, calendar, at);
    }
}
