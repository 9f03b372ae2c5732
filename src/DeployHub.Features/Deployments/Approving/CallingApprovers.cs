using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>In which order an emergency calls its approvers (domain J5).</summary>
internal static class CallingApprovers
{
    /// <summary>Whoever is an emergency approver for just this service or environment comes first, whoever is away last, and names decide between equals.</summary>
    public static async Task CallApproversAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (deployment is not { Status: DeploymentStatus.InReview, Plan.Category: ChangeCategory.Emergency }) return;

        var waiting = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.Slot).ToList();
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        var away = await db.AwayAsync(at, cancellationToken);
        var approvers = (await db.ApproversAsync(cancellationToken)).Where(known => waiting.Exists(slot => known.Fills(slot, services, environment)));
        deployment.CallInOrder(
            [.. approvers.OrderBy(known => away.Contains(known.Person.Id)).ThenByDescending(known => Nearness(known.Grants, services, environment)).ThenBy(known => known.Person.Name, StringComparer.Ordinal).Select(known => known.Person)], at);
    }

    /// <summary>2 for one service in one environment, 1 for either, 0 for everywhere.</summary>
    private static int Nearness(IReadOnlyList<RoleGrant> grants, IReadOnlyList<string> services, string environment) =>
        grants.Where(grant => grant.Quality is ApproverQuality.EmergencyApprover && services.Any(service => grant.Covers(service, environment)))
            .Select(grant => (grant.Service is null ? 0 : 1) + (grant.Environment is null ? 0 : 1)).DefaultIfEmpty().Max();

    private static async Task<HashSet<string>> AwayAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var covers = await db.ApprovalCovers.AsNoTracking().Where(cover => cover.EndedAt == null && cover.From <= today && cover.Until >= today).ToListAsync(cancellationToken);
        return [.. covers.Select(cover => cover.Person.Id)];
    }
}
