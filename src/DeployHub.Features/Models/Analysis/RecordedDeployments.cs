using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>What deployments recorded that were planned with some versions of a model.</summary>
internal static class RecordedDeployments
{
    /// <summary>The newest so many are looked at.</summary>
    public const int Most = 2000;

    /// <summary>After these an approval is asked for.</summary>
    private static readonly string[] Openings = [nameof(DeploymentTrigger.Submit), nameof(DeploymentTrigger.EditMaterial), nameof(DeploymentTrigger.WithdrawApproval)];

    /// <summary>Those with something in the window of their version, in order of their numbers; rehearsals and drills are left out (MR-3).</summary>
    public static async Task<ILookup<ModelVersionId, DeploymentFact>> DeploymentFactsAsync(this DeployHubDb db, AnalysedModel analysed, CancellationToken cancellationToken)
    {
        var versions = analysed.Versions.ToDictionary(version => version.Version.Id.Value);
        var rows = (await db.RowsAsync([.. versions.Keys], analysed.Window.From, cancellationToken))
            .FindAll(row => versions[row.Version].Window.Holds(row.CompletedAt ?? row.CreatedAt));
        var lateChecks = versions.ToDictionary(version => version.Key, version => version.Value.Version.Said is { } said ? EarlierChecks.LateIn(said) : new HashSet<string>());
        var runs = await db.RunFactsAsync(
            [.. rows.Select(row => new RecordedRuns.Owner(new DeploymentId(row.Id), row.Number, lateChecks[row.Version]))],
            [.. versions.Values.Select(version => version.Version.Said).OfType<ModelContent>().SelectMany(ManualStages.Of).Distinct()], cancellationToken);
        var openings = await db.OpeningsAsync([.. rows.Select(row => new DeploymentId(row.Id))], cancellationToken);

        return rows.ToLookup(row => new ModelVersionId(row.Version), row => FactOf(row, [.. openings[new DeploymentId(row.Id)]], [.. runs[new DeploymentId(row.Id)]]));
    }

    private static DeploymentFact FactOf(Row row, IReadOnlyList<DateTimeOffset> openings, IReadOnlyList<RunFact> runs) => new(row.Number, row.CreatedAt)
    {
        SubmittedAt = row.SubmittedAt,
        ScheduledAt = row.ScheduledAt,
        StartedAt = row.StartedAt,
        CompletedAt = row.CompletedAt,
        Outcome = row.Outcome is { } outcome ? Enum.Parse<Outcome>(outcome) : null,
        IsLive = row.IsLive,
        Adaptations = row.Parameters is { } parameters ? JsonSerializer.Deserialize<Dictionary<string, string>>(parameters, Json.Options)! : new Dictionary<string, string>(),
        Deviations = row.Deviations,
        Approvals =
        [
            .. from approval in JsonSerializer.Deserialize<List<Approval>>(row.Approvals, Json.Options)!
               where approval is { DecidedAt: not null, Change: null }
               select FactOf(approval, openings, row.SubmittedAt),
        ],
        Runs = runs,
    };

    /// <summary>A decision that was void later was one all the same.</summary>
    private static ApprovalFact FactOf(Approval approval, IEnumerable<DateTimeOffset> openings, DateTimeOffset? submittedAt)
    {
        var asked = openings.Where(opening => opening <= approval.DecidedAt).Select(opening => (DateTimeOffset?)opening).Max() ?? submittedAt;
        return new ApprovalFact(approval.Quality, approval.Status is ApprovalStatus.Rejected, approval.DecidedAt - asked);
    }

    private static async Task<ILookup<DeploymentId, DateTimeOffset>> OpeningsAsync(this DeployHubDb db, List<DeploymentId> deployments, CancellationToken cancellationToken) =>
        (await db.DeploymentEvents.AsNoTracking().Where(happened => deployments.Contains(happened.DeploymentId) && Openings.Contains(happened.Kind))
            .Select(happened => new { happened.DeploymentId, happened.At }).ToListAsync(cancellationToken)).ToLookup(happened => happened.DeploymentId, happened => happened.At);

    private static async Task<List<Row>> RowsAsync(this DeployHubDb db, Guid[] versions, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var newest = await db.Database.SqlQuery<Row>(
            $"""
            select deployment.id, deployment.model_version_id as version, deployment.number, deployment.created_at, deployment.submitted_at, deployment.scheduled_at,
              deployment.started_at, deployment.completed_at, deployment.outcome, (deployment.plan ->> 'isLive')::boolean as is_live, deployment.approvals::text as approvals,
              (deployment.plan -> 'parameters')::text as parameters,
              case when jsonb_typeof(deployment.plan -> 'deviations') = 'array' then jsonb_array_length(deployment.plan -> 'deviations') else 0 end as deviations
            from deployments deployment
            where deployment.model_version_id = any ({versions}) and coalesce(deployment.completed_at, deployment.created_at) >= {from}
              and deployment.plan -> 'rehearsal' is null and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
            order by deployment.number desc
            limit {Most}
            """).ToListAsync(cancellationToken);
        newest.Reverse();
        return newest;
    }

    private sealed record Row(
        Guid Id, Guid Version, string Number, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt, DateTimeOffset? ScheduledAt, DateTimeOffset? StartedAt,
        DateTimeOffset? CompletedAt, string? Outcome, bool IsLive, string Approvals, string? Parameters, int Deviations);
}
