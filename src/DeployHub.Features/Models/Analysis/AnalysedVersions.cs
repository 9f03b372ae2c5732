using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>A version of a model, and the window in which its records are looked at.</summary>
internal sealed record AnalysedVersion(ModelVersion Version, AnalysisWindow Window);

/// <summary>A model with those of its versions that are looked at, in order of their numbers.</summary>
internal sealed record AnalysedModel(Model Model, IReadOnlyList<AnalysedVersion> Versions)
{
    public AnalysisWindow Window => new(Versions.Min(version => version.Window.From), Versions.Max(version => version.Window.To));

    public IReadOnlyList<ModelVersionId> Ids => [.. Versions.Select(version => version.Version.Id)];
}

internal static class AnalysedVersions
{
    /// <summary>How many versions one analysis looks at.</summary>
    public const int Most = 5;

    /// <param name="numbers">None for the version in use, or the newest that ever was.</param>
    public static async Task<Result<AnalysedModel>> FindAnalysedAsync(
        this DeployHubDb db, string slug, IReadOnlyList<int> numbers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Models.AsNoTracking().SingleOrDefaultAsync(model => model.Slug == slug, cancellationToken) is not { } model) return ModelErrors.NotFound(slug);

        List<int> wanted = numbers.Count > 0 ? [.. numbers.Distinct().Order()] : [model.CurrentNumber > 0 ? model.CurrentNumber : model.LatestNumber];
        if (wanted.Count > Most) return Error.Invalid("model.too-many-versions", "Version", $"At most {Most} versions are analysed at once.");

        var versions = await db.ModelVersions.AsNoTracking().Where(version => version.ModelId == model.Id && wanted.Contains(version.Number))
            .OrderBy(version => version.Number).ToListAsync(cancellationToken);
        if (wanted.FindIndex(number => versions.TrueForAll(version => version.Number != number)) is >= 0 and var missing) return ModelErrors.VersionNotFound(slug, wanted[missing]);

        var twentieth = await db.TwentiethRunsAsync([.. versions.Select(version => version.Id.Value)], cancellationToken);
        return new AnalysedModel(model, [.. versions.Select(version => new AnalysedVersion(version, AnalysisWindow.Of(twentieth.GetValueOrDefault(version.Id.Value), now)))]);
    }

    /// <summary>When the twentieth run of each version, counted back from the newest, was asked for.</summary>
    private static async Task<Dictionary<Guid, DateTimeOffset?>> TwentiethRunsAsync(this DeployHubDb db, Guid[] versions, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Twentieth>(
            $"""
            select version.id as version, (
                select run.queued_at
                from runs run
                join deployments deployment on deployment.id = run.deployment_id
                where deployment.model_version_id = version.id and deployment.plan ->> 'rehearsal' is null
                  and coalesce(deployment.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')
                order by run.queued_at desc
                offset {AnalysisWindow.LastRuns - 1} limit 1) as at
            from unnest({versions}) version (id)
            """).ToListAsync(cancellationToken)).ToDictionary(found => found.Version, found => found.At);

    private sealed record Twentieth(Guid Version, DateTimeOffset? At);
}
