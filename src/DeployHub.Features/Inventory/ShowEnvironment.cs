using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One environment and what its policy asks. Its targets are a list of their own: there may be thousands.</summary>
public sealed record ShowEnvironment(string Key) : IQuery<Result<ShowEnvironment.View>>
{
    /// <param name="Owner">By name.</param>
    /// <param name="Versions">What was last seen here, counted over the targets in use.</param>
    /// <param name="Drift">How many differences between desired and observed state are open.</param>
    /// <param name="Unmanaged">How many unmanaged deployments nobody has explained yet.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, Tier Tier, bool IsLive, int Order, string Owner, EnvironmentPolicy Policy, int Targets, int Drift, int Unmanaged,
        IReadOnlyList<Sighting> Versions, string RegisteredBy, DateTimeOffset RegisteredAt, [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>The owner's address; null for one that was written freely.</summary>
        public string? OwnerEmail { get; init; }
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowEnvironment, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowEnvironment query, CancellationToken cancellationToken)
        {
            var found = await db.Environments.Where(environment => environment.Key == query.Key)
                .Select(environment => new
                {
                    Environment = environment,
                    Targets = db.Targets.Count(target => target.EnvironmentId == environment.Id && target.RetiredAt == null),
                    RowVersion = EF.Property<uint>(environment, "Version"),
                })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("environment", query.Key);

            var versions = await Sightings.Of(db, db.Components, query.Key).ToListAsync(cancellationToken);
            var here = found.Environment;
            var drift = await db.DriftItems.OnlyOpen().CountAsync(item => db.Targets.Any(target => target.Id == item.TargetId && target.EnvironmentId == here.Id && target.RetiredAt == null), cancellationToken);
            var unmanaged = await db.UnmanagedDeployments.CountAsync(record => record.EnvironmentId == here.Id && record.Status == UnmanagedStatus.Unmanaged, cancellationToken);
            var (owner, email) = await db.OwnerAsync(here.Owner, cancellationToken);
            return new View(
                here.Key, here.Name, here.Tier, here.IsLive, here.Order, owner, here.Policy, found.Targets, drift, unmanaged,
                versions, here.RegisteredBy.Name, here.RegisteredAt, found.RowVersion)
            { OwnerEmail = email };
        }
    }
}
