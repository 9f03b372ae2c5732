using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>What stands in a feed.</summary>
internal static class FeedEntries
{
    /// <summary>Slots in the order of their start. The number of what happened to a deployment is the sequence: it grows with each reschedule, and with all else.</summary>
    public static async Task<IReadOnlyList<FeedEntry>> SlotEntriesAsync(this DeployHubDb db, IQueryable<Deployment> deployments, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var found = await (from deployment in deployments.AsNoTracking()
                           where deployment.Slot != null && deployment.Slot.Start < to && deployment.Slot.End > @from && deployment.SubmittedAt != null
                           orderby deployment.Slot!.Start descending, deployment.Number descending
                           select new
                           {
                               Deployment = deployment,
                               Service = db.Services.First(service => service.Id == deployment.ServiceId).Name,
                               Environment = db.Environments.First(environment => environment.Id == deployment.EnvironmentId).Name,
                               ChangedAt = db.DeploymentEvents.Where(happened => happened.DeploymentId == deployment.Id).Max(happened => (DateTimeOffset?)happened.At),
                           }).Take(ReadCalendarFeed.MostSlots).ToListAsync(cancellationToken);
        return [.. found.Select(row => Of(row.Deployment, row.Service, row.Environment, row.ChangedAt ?? row.Deployment.CreatedAt)).OrderBy(entry => entry.Start).ThenBy(entry => entry.Uid, StringComparer.Ordinal)];
    }

    public static FeedEntry Of(Deployment deployment, string service, string environment, DateTimeOffset changedAt) => new(
        $"{deployment.Id.Value}@deployhub", deployment.EventCount, deployment.Slot!.Start, deployment.Slot.End,
        $"{deployment.Number} {deployment.Title}",
        $"{service} {(deployment.Plan.OnlyRemoves ? "in" : "to")} {environment}: {deployment.Plan.InWords}.\n"
        + $"{Words.Title(deployment.Status)}{(deployment.Outcome is { } outcome ? $", {Words.Of(outcome)}" : "")}; planned by {deployment.Owner.Name}.",
        StatusOf(deployment.Status), changedAt, $"/deployments/{deployment.Number}", "Deployment");

    private static EntryStatus StatusOf(DeploymentStatus status) => status switch
    {
        DeploymentStatus.Draft or DeploymentStatus.InReview => EntryStatus.Tentative,
        DeploymentStatus.Cancelled or DeploymentStatus.Expired => EntryStatus.Cancelled,
        _ => EntryStatus.Confirmed,
    };
}
