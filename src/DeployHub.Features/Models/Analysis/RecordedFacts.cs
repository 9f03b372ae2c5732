using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Measuring;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>What the records of one version say, and its figures by the definitions that every page shares (MR-10).</summary>
internal sealed record VersionRecords(VersionFacts Facts, ModelMeasures Measures);

/// <summary>Brings together what the records of versions say, with the same few statements however many deployments there are.</summary>
internal static class RecordedFacts
{
    /// <summary>In the order of the versions.</summary>
    public static async Task<IReadOnlyList<VersionRecords>> ReadRecordsAsync(this DeployHubDb db, AnalysedModel analysed, CancellationToken cancellationToken)
    {
        var deployments = await db.DeploymentFactsAsync(analysed, cancellationToken);
        var lasts = (await db.LastsAsync([.. analysed.Ids.Select(id => id.Value)], cancellationToken)).ToDictionary(last => last.Version);
        var records = new List<VersionRecords>();
        foreach (var (version, window) in analysed.Versions) // at most AnalysedVersions.Most
        {
            var measured = await ModelMeasures.OfAsync(db, analysed.Model.Id, [version.Id], window.From, window.To, cancellationToken);
            records.Add(new VersionRecords(FactsOf(version, window, measured, lasts[version.Id.Value], [.. deployments[version.Id]]), measured));
        }

        return records;
    }

    private static VersionFacts FactsOf(ModelVersion version, AnalysisWindow window, ModelMeasures measured, Lasts last, IReadOnlyList<DeploymentFact> deployments) => new()
    {
        Version = version.Number,
        Window = window,
        Deployments = deployments,
        Success = measured.Success,
        ChangeFailure = measured.ChangeFailure,
        TargetSuccess = version.Intent?.SuccessRate,
        TargetDuration = version.Intent?.DurationP50 is { } meant && Duration.Parse(meant) is { Error: null } parsed ? parsed.Value : null,
        Defaults = version.Said is { } said ? said.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default) : new Dictionary<string, string>(),
        IsInUse = version.Status is ModelVersionStatus.Published,
        PublishedAt = version.PublishedAt,
        LastPlannedAt = last.PlannedAt,
        LeadsBack = version.Said is { Rollback.IsPossible: true },
        LastRollbackAt = last.RolledBackAt,
    };

    /// <summary>A walk-through at the table is no rollback that anybody saw, so rehearsals count by their runs.</summary>
    private static Task<List<Lasts>> LastsAsync(this DeployHubDb db, Guid[] versions, CancellationToken cancellationToken) => db.Database.SqlQuery<Lasts>(
        $"""
        select version.id as version,
          (select max(deployment.created_at) from deployments deployment where deployment.model_version_id = version.id) as planned_at,
          (select max(run.ended_at) from runs run join deployments deployment on deployment.id = run.deployment_id
           where deployment.model_version_id = version.id and run.status = 'RolledBack') as rolled_back_at
        from unnest({versions}) version (id)
        """).ToListAsync(cancellationToken);

    private sealed record Lasts(Guid Version, DateTimeOffset? PlannedAt, DateTimeOffset? RolledBackAt);

    /// <summary>Live deployments under normal change that succeeded with any version of the model (A-V13).</summary>
    public static async Task<int> NormalSuccessesAsync(this DeployHubDb db, ModelId model, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
        $"""
        select count(*)::int as "Value"
        from deployments deployment
        join model_versions version on version.id = deployment.model_version_id
        where version.model_id = {model.Value} and deployment.completed_at >= {since} and deployment.outcome in ('Succeeded', 'SucceededAfterIntervention')
          and (deployment.plan ->> 'isLive')::boolean and deployment.plan ->> 'category' = 'Normal' and deployment.plan -> 'rehearsal' is null
          and deployment.plan ->> 'reason' not in ('ModelRehearsal', 'Drill')
        """).ToListAsync(cancellationToken))[0];
}
