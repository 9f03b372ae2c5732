using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What the target whose key asks should run now, and where its bytes come from.</summary>
public sealed record ShowPull : IQuery<Result<ShowPull.View>>
{
    /// <param name="Available">Null while nothing is available to the target.</param>
    public sealed record View(Offer? Available);

    /// <param name="Run">The run that offers it; the report names it again.</param>
    public sealed record Offer(string Run, string Target, DateTimeOffset? Deadline, IReadOnlyList<Version> Versions);

    public sealed record Version(string Component, string Label, Digest Digest, IReadOnlyList<Source> Artefacts);

    /// <param name="Location">The address or folder of the definitive store.</param>
    /// <param name="Path">Where in that store.</param>
    public sealed record Source(string Name, StoreKind Store, string Location, string Path, Digest Digest);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowPull, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowPull query, CancellationToken cancellationToken)
        {
            if (caller.Target is not { } target) return PermissionMatrix.Refusal(Permission.FetchVersions);

            foreach (var id in await db.RunsAvailableToAsync(target, cancellationToken))
            {
                var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns.Where(targetRun => targetRun.TargetId == target)).SingleAsync(known => known.Id == id, cancellationToken);
                if (run.AvailableTo(target) is { } available) return new View(await OfferAsync(run, available, cancellationToken));
            }

            return new View(null);
        }

        private async Task<Offer> OfferAsync(Run run, TargetRun available, CancellationToken cancellationToken)
        {
            var moved = run.VersionsOf(available);
            var ids = moved.Select(version => version.VersionId).OfType<ComponentVersionId>().ToList();
            var artefacts = await db.ComponentVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, version => version.Artefacts, cancellationToken);
            var stores = await db.Stores.AsNoTracking().ToDictionaryAsync(store => store.Key, cancellationToken);
            return new Offer(run.Name, available.Subject, available.DueAt,
            [
                .. moved.Select(version => new Version(version.Component, version.Label, version.Digest,
                    [.. artefacts[version.VersionId!.Value].Select(artefact => new Source(artefact.Name, stores[artefact.Store].Kind, stores[artefact.Store].Location, artefact.Path, artefact.Digest))])),
            ]);
        }
    }
}

internal static class Pulls
{
    /// <summary>Runs that go on and have something under way on the target.</summary>
    public static Task<List<RunId>> RunsAvailableToAsync(this DeployHubDb db, TargetId target, CancellationToken cancellationToken) =>
        db.Runs.Where(run => (run.Status == RunStatus.Running || run.Status == RunStatus.Waiting || run.Status == RunStatus.RollingBack)
                && run.TargetRuns.Any(targetRun => targetRun.TargetId == target && targetRun.Status == TargetRunStatus.InProgress))
            .OrderBy(run => run.QueuedAt).Select(run => run.Id).ToListAsync(cancellationToken);
}
