using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Trust policies in order of their key, withdrawn ones too, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
/// <param name="Service">Only those that bind components of the service with this key.</param>
/// <param name="Tier">Only those that bind in environments of this tier.</param>
public sealed record ListTrustPolicies(string? After = null, int? Limit = null, string? Service = null, Tier? Tier = null) : IQuery<Page<ListTrustPolicies.Row>>
{
    /// <param name="Version">Number of the newest version, which counts.</param>
    /// <param name="Services">Keys of the services that it binds; none means all.</param>
    /// <param name="Tiers">Tiers in which it binds; none means all.</param>
    /// <param name="Kinds">Kinds of components that it binds; none means all.</param>
    /// <param name="Demands">A signature, provenance, or both.</param>
    public sealed record Row(
        string Key, string Name, TrustPolicyState State, int Version, IReadOnlyList<string> Services, IReadOnlyList<Tier> Tiers, IReadOnlyList<ComponentKind> Kinds, IReadOnlyList<string> Demands, DateTimeOffset ValidUntil);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListTrustPolicies, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListTrustPolicies query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var policies = await db.TrustPolicies.AsNoTracking().Where(policy => query.After == null || policy.Key.CompareTo(query.After) > 0).OrderBy(policy => policy.Key).ToListAsync(cancellationToken);
            var rows = policies.Where(query.IsMetBy).Take(Page.Size(query.Limit) + 1).Select(policy => RowOf(policy, now)).ToList(); // what a version binds is in a document, and policies are few
            return Page.Of(rows, query.Limit, row => row.Key);
        }

        private static Row RowOf(TrustPolicy policy, DateTimeOffset now)
        {
            var newest = policy.Newest;
            return new Row(
                policy.Key, policy.Name, policy.StateAt(now), newest.Number, newest.AppliesTo.Services, newest.AppliesTo.Tiers, newest.AppliesTo.Kinds, [.. newest.Demands.Checks.Select(demand => demand.Name)], newest.ValidUntil);
        }
    }

    private bool IsMetBy(TrustPolicy policy)
    {
        if (Service is null && Tier is null) return true;

        var scope = policy.Newest.AppliesTo;
        return policy.WithdrawnAt is null
            && (Service is null || scope.Services.Count == 0 || scope.Services.Contains(Service))
            && (Tier is not { } tier || scope.Tiers.Count == 0 || scope.Tiers.Contains(tier));
    }
}
