using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>What is looked at in an environment, how often, and what came of the last looks.</summary>
public sealed record ShowDriftWatch(string Environment) : IQuery<Result<ShowDriftWatch.View>>
{
    /// <param name="LookedAt">When the last look at any target ended.</param>
    /// <param name="Pending">How many targets are looked at soon, because somebody asked or their time has come.</param>
    /// <param name="Troubles">Targets of which not everything could be read: that is no sign that they are as they should be.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Environment, string Name, IReadOnlyList<WatchedFact> Facts, string? Every, int Open, int Blocking, DateTimeOffset? LookedAt, int Pending, IReadOnlyList<Trouble> Troubles,
        [property: JsonIgnore] uint RowVersion);

    public sealed record Trouble(string Target, string Sentence, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowDriftWatch, Result<View>>
    {
        private const int MostTroubles = 50;

        public async ValueTask<Result<View>> Handle(ShowDriftWatch query, CancellationToken cancellationToken)
        {
            var found = await db.Environments.Where(environment => environment.Key == query.Environment)
                .Select(environment => new { Environment = environment, RowVersion = EF.Property<uint>(environment, "Version") }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("environment", query.Environment);

            var now = clock.GetUtcNow();
            var targets = db.Targets.Where(target => target.EnvironmentId == found.Environment.Id && target.RetiredAt == null);
            var open = await db.DriftItems.OnlyOpen().Where(item => targets.Any(target => target.Id == item.TargetId)).AsNoTracking().ToListAsync(cancellationToken);
            var scans = await (from scan in db.DriftScans
                               join target in targets on scan.TargetId equals target.Id
                               orderby target.Name
                               select new { target.Name, scan.DueAt, scan.LookedAt, scan.Trouble }).ToListAsync(cancellationToken);

            return new View(
                query.Environment, found.Environment.Name, found.Environment.Watch?.Facts ?? [], found.Environment.Watch?.Every, open.Count, open.Count(item => item.IsBlocking(now)), scans.Max(scan => scan.LookedAt),
                scans.Count(scan => scan.DueAt <= now), [.. scans.Where(scan => scan.Trouble is not null).Take(MostTroubles).Select(scan => new Trouble(scan.Name, scan.Trouble!, scan.LookedAt!.Value))], found.RowVersion);
        }
    }
}
