using DeployHub.Domain.Access;
using DeployHub.Domain.Insights;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Insights;

/// <summary>Counts what domain §0.4 asks for.</summary>
internal static class ReadCapability
{
    public const int Days = 90;

    public static async Task<CapabilityFacts> CapabilityFactsAsync(this DeployHubDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = now.AddDays(-Days);
        var live = await db.CompletedLiveAsync(from, cancellationToken);
        var unmanaged = await db.UnmanagedAsync(from, cancellationToken);
        return new CapabilityFacts(
            await db.Deployments.CountAsync(deployment => deployment.CompletedAt != null, cancellationToken),
            await db.HoldersAsync(Role.DeploymentManager, cancellationToken),
            await db.HoldersAsync(Role.DeploymentPractitioner, cancellationToken),
            await db.Environments.CountAsync(cancellationToken),
            Share(live.Where(done => done.Tier is Tier.Production).Sum(done => done.Count), unmanaged.Count(tier => tier is Tier.Production)),
            Share(live.Sum(done => done.Count), unmanaged.Count),
            await db.TestedAsync([.. live.Select(done => done.Version).Distinct()], cancellationToken),
            await db.AnalysedAsync(from, cancellationToken),
            await db.EvaluatedAsync(now, cancellationToken));
    }

    private static Proportion Share(int managed, int unmanaged) => new(managed, managed + unmanaged);

    private static Task<List<Completed>> CompletedLiveAsync(this DeployHubDb db, DateTimeOffset from, CancellationToken cancellationToken) => (
        from deployment in db.CompletedLive()
        where deployment.CompletedAt >= @from
        join environment in db.Environments on deployment.EnvironmentId equals environment.Id
        group deployment by new { environment.Tier, deployment.ModelVersionId } into done
        select new Completed(done.Key.Tier, done.Key.ModelVersionId, done.Count())).ToListAsync(cancellationToken);

    /// <summary>Those that a run explains, or that never were, leave the denominator (M2).</summary>
    private static Task<List<Tier>> UnmanagedAsync(this DeployHubDb db, DateTimeOffset from, CancellationToken cancellationToken) => (
        from unmanaged in db.UnexplainedLive(@from)
        join environment in db.Environments on unmanaged.EnvironmentId equals environment.Id
        select environment.Tier).ToListAsync(cancellationToken);

    /// <summary>People whose account is open: whoever has left keeps the grant and does nothing with it.</summary>
    private static Task<int> HoldersAsync(this DeployHubDb db, Role role, CancellationToken cancellationToken) => (
        from grant in db.Grants
        where grant.Role == role && grant.ConfirmedAt != null && grant.RevokedAt == null
        join person in db.Users on grant.Holder equals person.Id.ToString()
        where person.LockoutEnd == null || person.LockoutEnd < DateTimeOffset.MaxValue
        select grant.Holder).Distinct().CountAsync(cancellationToken);

    private static async Task<Proportion> TestedAsync(this DeployHubDb db, ModelVersionId[] used, CancellationToken cancellationToken)
    {
        var histories = await db.ModelVersions.Where(version => used.Contains(version.Id)).Select(version => version.History).AsNoTracking().ToListAsync(cancellationToken);
        return new Proportion(histories.Count(history => history.Any(move => move.Move is ModelVersionTrigger.PassTesting)), histories.Count);
    }

    /// <summary>Models that have been in use for longer than the time in which their records have to be analysed.</summary>
    private static async Task<Proportion> AnalysedAsync(this DeployHubDb db, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var inUse = await (
            from deployment in db.CompletedLive()
            join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
            group deployment by version.ModelId into model
            where model.Min(deployment => deployment.CompletedAt) < @from && model.Max(deployment => deployment.CompletedAt) >= @from
            select model.Key).ToListAsync(cancellationToken);
        var analysed = await db.Reviews.Where(review => review.Kind == ReviewKind.RecordsAnalysis && review.HeldAt >= from).Select(review => review.ModelId).Distinct().ToListAsync(cancellationToken);
        return new Proportion(inUse.Count(analysed.Contains), inUse.Count);
    }

    /// <summary>In each of the last four quarters that are over, the newest first.</summary>
    private static async Task<IReadOnlyList<int>> EvaluatedAsync(this DeployHubDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var evaluations = await db.Improvements.Where(improvement => improvement.Status == ImprovementStatus.Evaluated).Select(improvement => improvement.Evaluation!).AsNoTracking().ToListAsync(cancellationToken);
        var thisQuarter = new DateTimeOffset(now.Year, now.Month - ((now.Month - 1) % 3), 1, 0, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(1, 4).Select(ago => evaluations.Count(evaluation => evaluation.At >= thisQuarter.AddMonths(-3 * ago) && evaluation.At < thisQuarter.AddMonths(-3 * (ago - 1))))];
    }

    private sealed record Completed(Tier Tier, ModelVersionId Version, int Count);
}
