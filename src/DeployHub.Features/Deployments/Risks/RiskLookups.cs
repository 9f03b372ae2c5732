using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Risks;

/// <summary>Everything that the seven factors have to know, read in one place.</summary>
internal static class RiskLookups
{
    /// <summary>So many of the latest deployments are the history of a model or service.</summary>
    private const int MostHistory = 20;

    public static async Task<RiskFacts> RiskFactsAsync(this DeployHubDb db, BoundPlan bound, CancellationToken cancellationToken)
    {
        var (plan, model) = (bound.Plan, bound.Model);
        var past = await db.ModelPastAsync(model.ModelId, cancellationToken);
        var history = await db.HistoryAsync(model.ModelId, bound.Services, cancellationToken);
        var tests = await db.TestsAsync(plan, cancellationToken);
        var dependencies = await db.DependencyPictureAsync(plan, cancellationToken);
        return new RiskFacts
        {
            IsLive = plan.IsLive,
            InService = await db.Targets.CountAsync(target => target.EnvironmentId == bound.Environment.Id && target.RetiredAt == null, cancellationToken),
            FirstPhase = FirstPhase.Of(model.Content, plan, await db.RunTargetsAsync(plan, cancellationToken)),
            Planned = plan.Targets.Count,
            Rollback = plan.RollbackMethod,
            RollbackProvenAt = past.RolledBackAt,
            ModelUsedAt = past.UsedAt,
            ModelRehearsedAt = past.RehearsedAt,
            OnlyRemoves = plan.OnlyRemoves,
            NewHere = await db.NewHereAsync(plan, bound.Environment.Id, cancellationToken),
            Untested = tests.Untested,
            Failing = tests.Failing,
            Unpromoted = await db.UnpromotedAsync(plan, bound.Environment.Policy.PromotionSource, cancellationToken),
            PromotionSource = bound.Environment.Policy.PromotionSource,
            Slot = bound.Slot,
            WorkingDays = await db.WorkingDaysAsync(cancellationToken),
            NextFreeze = await db.NextFreezeAsync(bound, cancellationToken),
            Dependants = dependencies.Dependants(),
            Broken = [.. dependencies.Verdicts().Select(verdict => verdict.Objection).OfType<string>()],
            Past = history.Past,
            PastFailures = history.Failures,
        };
    }

    private static async Task<(DateTimeOffset From, string Name)?> NextFreezeAsync(this DeployHubDb db, BoundPlan bound, CancellationToken cancellationToken)
    {
        if (bound is not { Slot: { } slot, Plan.IsLive: true }) return null;

        var times = await CalendarTimes.ReadAsync(db, new Occurrence(slot.Start, slot.End + RiskFactors.NearFreeze), cancellationToken);
        var place = await db.PlaceAsync(bound.Environment, bound.ServiceKey, [.. bound.Plan.Targets.Select(target => target.Id)], cancellationToken) with { OtherServices = bound.Services };
        return times.At(place).NextFreeze(slot.Start, bound.Plan.Category) is { } next ? (next.When.Start, next.Freeze.Name) : null;
    }

    private static async Task<ModelPast> ModelPastAsync(this DeployHubDb db, ModelId model, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<ModelPast>(
        $"""
        select
            max(deployment.completed_at) filter (where deployment.plan -> 'rehearsal' is null and deployment.outcome in ('Succeeded', 'SucceededAfterIntervention')) as used_at,
            max(deployment.completed_at) filter (where deployment.plan -> 'rehearsal' is not null and deployment.outcome in ('Succeeded', 'SucceededAfterIntervention')) as rehearsed_at,
            max(deployment.completed_at) filter (where deployment.outcome = 'RolledBack') as rolled_back_at
        from deployments deployment
        join model_versions version on version.id = deployment.model_version_id
        where version.model_id = {model.Value} and deployment.completed_at is not null
        """).ToListAsync(cancellationToken))[0];

    private sealed record ModelPast(DateTimeOffset? UsedAt, DateTimeOffset? RehearsedAt, DateTimeOffset? RolledBackAt);

    private static async Task<History> HistoryAsync(this DeployHubDb db, ModelId model, IReadOnlyList<string> services, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<History>(
        $"""
        select count(*)::int as past, (count(*) filter (where latest.outcome not in ('Succeeded', 'SucceededAfterIntervention')))::int as failures
        from (
            select deployment.outcome
            from deployments deployment
            join model_versions version on version.id = deployment.model_version_id
            where (version.model_id = {model.Value} or deployment.component_ids && array(
                select component.id from components component join services service on service.id = component.service_id where service.key = any({services.ToArray()})))
              and deployment.completed_at is not null and deployment.outcome is not null
              and (deployment.plan ->> 'isLive')::boolean and deployment.plan -> 'rehearsal' is null and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
            order by deployment.completed_at desc
            limit {MostHistory}) latest
        """).ToListAsync(cancellationToken))[0];

    private sealed record History(int Past, int Failures);

    private static async Task<IReadOnlyList<string>> NewHereAsync(this DeployHubDb db, Plan plan, EnvironmentId environment, CancellationToken cancellationToken)
    {
        var components = plan.Versions.Select(version => version.ComponentId).ToList();
        var here = await (from seen in db.ObservedVersions
                          where components.Contains(seen.ComponentId) && seen.VersionId != null
                          join target in db.Targets on seen.TargetId equals target.Id
                          where target.EnvironmentId == environment
                          select seen.ComponentId).Distinct().ToListAsync(cancellationToken);
        return [.. plan.Versions.Where(version => !version.IsRemoval && !here.Contains(version.ComponentId)).Select(version => version.Component)];
    }

    /// <summary>The newest report of each suite counts.</summary>
    private static async Task<(IReadOnlyList<string> Untested, IReadOnlyList<string> Failing)> TestsAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.VersionIds;
        var reports = await db.TestReports.AsNoTracking().Where(report => ids.Contains(report.VersionId)).OrderByDescending(report => report.RanAt).Take(500)
            .Select(report => new { report.VersionId, report.Suite, report.Results }).ToListAsync(cancellationToken);
        var newest = reports.GroupBy(report => (report.VersionId, report.Suite), (_, same) => same.First()).ToLookup(report => report.VersionId, report => report.Results);
        return (
            [.. plan.Versions.Where(version => version.VersionId is { } id && !newest.Contains(id)).Select(Name)],
            [.. plan.Versions.Where(version => version.VersionId is { } id && newest[id].Any(results => results.Failed > 0)).Select(Name)]);
    }

    /// <param name="source">Key of the environment in which they must have succeeded; null for any other.</param>
    private static async Task<IReadOnlyList<string>> UnpromotedAsync(this DeployHubDb db, Plan plan, string? source, CancellationToken cancellationToken)
    {
        var unpromoted = new List<string>();
        foreach (var version in plan.Versions.Where(version => !version.IsRemoval)) // few, and an index finds each
        {
            var moved = JsonSerializer.Serialize(new { Versions = new[] { new { version.Component, version.Digest } } }, Json.Options);
            var succeeded = await db.Deployments
                .FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.plan @> {moved}::jsonb and deployment.plan -> 'rehearsal' is null and ({source}::text is null and deployment.plan ->> 'environment' <> {plan.Environment} or deployment.plan ->> 'environment' = {source})")
                .AnyAsync(deployment => deployment.Outcome == Outcome.Succeeded || deployment.Outcome == Outcome.SucceededAfterIntervention, cancellationToken);
            if (!succeeded) unpromoted.Add(Name(version));
        }

        return unpromoted;
    }

    private static string Name(PlannedVersion version) => version.InWords;
}
