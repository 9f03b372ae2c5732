using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>What partners, and those who asked them, are told because time passes; once each.</summary>
internal static class PartnerReminders
{
    private const int Most = 500;

    /// <summary>Nobody reminds of a deadline further ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>How long before the start partners hear of it (journey J10).</summary>
    private static readonly TimeSpan BeforeStart = TimeSpan.FromHours(1);

    public static async Task RemindPartnersAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = at + Ahead;
        var waiting = await db.Deployments.AsNoTracking()
            .Where(deployment => deployment.AlignmentDueAt > at && deployment.AlignmentDueAt <= soon)
            .Where(deployment => deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled)
            .OrderBy(deployment => deployment.AlignmentDueAt).Take(Most).ToListAsync(cancellationToken);
        await db.TellOnceAsync(
            from deployment in waiting
            from request in deployment.Alignments
            where request.IsReminderDue(at)
            select Happening.Of(
                EventTypes.AlignmentReminder, deployment.Number, $"{request.Name} has not answered, and has time until {request.Deadline:yyyy-MM-dd HH:mm} UTC.", $"/deployments/{deployment.Number}/alignment",
                Actor.System, at, data: new Dictionary<string, object?> { ["alignment"] = request.Number }, deployment: deployment.Id, once: $"alignment.reminder {deployment.Number} {request.Number}"),
            cancellationToken);
    }

    public static async Task TellOfStartsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = at + BeforeStart;
        var starting = await db.Deployments.AsNoTracking()
            .Where(deployment => deployment.Status == DeploymentStatus.Scheduled && deployment.Slot!.Start > at && deployment.Slot.Start <= soon)
            .OrderBy(deployment => deployment.Slot!.Start).Take(Most).ToListAsync(cancellationToken);
        await db.TellOnceAsync(
            from deployment in starting
            where deployment.Alignments.Any(request => request.IsCurrent)
            select Happening.Of(
                EventTypes.DeploymentStarting, deployment.Number, $"It is planned to start at {deployment.Slot!.Start:HH:mm} UTC, and partners are told.", $"/deployments/{deployment.Number}",
                Actor.System, at, deployment: deployment.Id, once: $"deployment.starting {deployment.Number} {deployment.Slot.Start.UtcDateTime:yyyyMMdd'T'HHmm}"),
            cancellationToken);
    }

    private static async Task TellOnceAsync(this DeployHubDb db, IEnumerable<Happening> due, CancellationToken cancellationToken)
    {
        var all = due.ToList();
        var once = all.ConvertAll(happening => happening.Once);
        var told = await db.Happenings.Where(happening => once.Contains(happening.Once)).Select(happening => happening.Once).ToListAsync(cancellationToken);
        db.Happenings.AddRange(all.Where(happening => !told.Contains(happening.Once)));
    }
}
