using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Reviewing;

/// <summary>Reviews that are due by themselves (domain A4). Looking again changes nothing: what has its review gets no second one.</summary>
internal static class DueReviews
{
    /// <summary>How old a deployment may be that gets a review by itself: what ended long before is history.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    private const int MostAtOnce = 20;

    public static async Task ScheduleDueReviewsAsync(this DeployHubDb db, ModelId model, string slug, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.ScheduleAnalysisAsync(model, slug, at, cancellationToken);
        var working = await db.WorkingDaysAsync(cancellationToken);
        foreach (var row in await db.UnreviewedAsync(model, at - Recent, cancellationToken))
            if (ReviewCadence.OccasionOf(Enum.Parse<Outcome>(row.Outcome), Enum.Parse<ChangeCategory>(row.Category)) is { } occasion)
                db.Reviews.Add(Review.OfDeployment(
                    await db.NextNumberAsync("REV", at, cancellationToken), model, new DeploymentId(row.Id), occasion,
                    working.After(row.CompletedAt, Review.WorkingDays), Actor.System, at));
    }

    private static async Task ScheduleAnalysisAsync(this DeployHubDb db, ModelId model, string slug, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var last = await db.Reviews.Where(review => review.ModelId == model && review.Kind == ReviewKind.RecordsAnalysis).OrderByDescending(review => review.Number)
            .Select(review => new { review.Status, review.HeldAt }).FirstOrDefaultAsync(cancellationToken);
        if (last is { Status: not ReviewStatus.Closed }) return;

        var completed = await db.CompletedSinceAsync(model, last?.HeldAt, cancellationToken);
        if (completed is not { Count: > 0, Earliest: { } earliest } || ReviewCadence.OccasionOf(last?.HeldAt ?? earliest, completed.Count, at) is not { } occasion) return;

        db.Reviews.Add(Review.OfModel(
            await db.NextNumberAsync("REV", at, cancellationToken), model, $"{slug}: {occasion}", (await db.WorkingDaysAsync(cancellationToken)).After(at, Review.WorkingDays), Actor.System, at));
    }

    private static async Task<Completed> CompletedSinceAsync(this DeployHubDb db, ModelId model, DateTimeOffset? since, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Completed>(
        $"""
        select count(*)::int as count, min(deployment.completed_at) as earliest
        from deployments deployment
        join model_versions version on version.id = deployment.model_version_id
        where version.model_id = {model.Value} and deployment.completed_at is not null and ({since}::timestamptz is null or deployment.completed_at > {since})
          and deployment.plan -> 'rehearsal' is null and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
        """).ToListAsync(cancellationToken))[0];

    private sealed record Completed(int Count, DateTimeOffset? Earliest);

    /// <summary>Live ones: what fails before is what the other environments are for.</summary>
    private static Task<List<Unreviewed>> UnreviewedAsync(this DeployHubDb db, ModelId model, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Unreviewed>(
        $"""
        select deployment.id, deployment.outcome, deployment.plan ->> 'category' as category, deployment.completed_at
        from deployments deployment
        join model_versions version on version.id = deployment.model_version_id
        where version.model_id = {model.Value} and deployment.completed_at >= {since} and deployment.outcome is not null and (deployment.plan ->> 'isLive')::boolean
          and (deployment.outcome not in ('Succeeded', 'SucceededAfterIntervention') or deployment.plan ->> 'category' = 'Emergency')
          and deployment.plan -> 'rehearsal' is null and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
          and not exists (select from reviews review where review.deployment_id = deployment.id)
        order by deployment.completed_at
        limit {MostAtOnce}
        """).ToListAsync(cancellationToken);

    private sealed record Unreviewed(Guid Id, string Outcome, string Category, DateTimeOffset CompletedAt);
}
