using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One target: how it is reached and what was last seen on it.</summary>
public sealed record ShowTarget(string Environment, string Name) : IQuery<Result<ShowTarget.View>>
{
    /// <param name="RetiredAt">Null while it is in use.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Environment, string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Variables, Connection Connection, string Pool,
        DateTimeOffset? RetiredAt, IReadOnlyList<Observation> Observed, [property: JsonIgnore] uint RowVersion);

    /// <param name="Label">Null when the component was found absent.</param>
    /// <param name="Source">The run that put it there, or who reported it.</param>
    public sealed record Observation(string Component, string? Label, Digest? Digest, DateTimeOffset Since, DateTimeOffset ObservedAt, string Source);

    internal static async Task<List<View>> ViewsAsync(DeployHubDb db, IQueryable<Target> targets, string environment, CancellationToken cancellationToken)
    {
        var rows = await targets.Select(target => new { Target = target, RowVersion = EF.Property<uint>(target, "Version") })
            .AsNoTracking().ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Target.Id);
        var observed = await (
            from seen in db.ObservedVersions
            where ids.Contains(seen.TargetId)
            join component in db.Components on seen.ComponentId equals component.Id
            join version in db.ComponentVersions on seen.VersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            orderby component.Key
            select new
            {
                seen.TargetId,
                Observation = new Observation(component.Key, version!.Label, version == null ? null : version.Digest, seen.Since, seen.ObservedAt, seen.Source),
            }).ToListAsync(cancellationToken);

        var byTarget = observed.ToLookup(row => row.TargetId, row => row.Observation);
        return rows.ConvertAll(row => new View(
            environment, row.Target.Name, row.Target.Labels, row.Target.Variables, row.Target.Connection, row.Target.Pool, row.Target.RetiredAt,
            [.. byTarget[row.Target.Id]], row.RowVersion));
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowTarget, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTarget query, CancellationToken cancellationToken)
        {
            var target = db.Targets.Where(target => target.Name == query.Name
                && db.Environments.Any(environment => environment.Id == target.EnvironmentId && environment.Key == query.Environment));
            return (await ViewsAsync(db, target, query.Environment, cancellationToken)).SingleOrDefault() is { } view
                ? view
                : Error.NotFound("target", $"{query.Environment}/{query.Name}");
        }
    }
}
