using System.Runtime.CompilerServices;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>What partners, and those who asked them, are told because time passes; once each.</summary>
internal static class PartnerReminders
{
    /// <summary>So many at once, page by page: those who were told stay due, and must not stand before the others.</summary>
    private const int AtOnce = 500;

    /// <summary>Nobody reminds of a deadline further ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public static async Task RemindPartnersAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = at + Ahead;
        var waiting = db.Deployments
            .Where(deployment => deployment.AlignmentDueAt > at && deployment.AlignmentDueAt <= soon)
            .Where(deployment => deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled);
        await foreach (var page in waiting.PagesAsync(cancellationToken))
            await db.TellOnceAsync(
                from deployment in page
                from request in deployment.Alignments
                where request.IsReminderDue(at)
                select Happening.Of(
                    EventTypes.AlignmentReminder, deployment.Number, $"{request.Name} has not answered, and has time until {request.Deadline:yyyy-MM-dd HH:mm} UTC.", $"/deployments/{deployment.Number}/alignment",
                    Actor.System, at, data: new Dictionary<string, object?> { ["alignment"] = request.Number }, deployment: deployment.Id, once: $"alignment.reminder {deployment.Number} {request.Number}"),
                cancellationToken);
    }

    public static async Task TellOfStartsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = at + Letter.BeforeStart;
        var starting = db.Deployments.Where(deployment => deployment.Status == DeploymentStatus.Scheduled && deployment.Slot!.Start > at && deployment.Slot.Start <= soon);
        await foreach (var page in starting.PagesAsync(cancellationToken))
            await db.TellOnceAsync(
                from deployment in page
                where deployment.Alignments.Any(request => request.IsCurrent)
                select Happening.Of(
                    EventTypes.DeploymentStarting, deployment.Number, $"It is planned to start at {deployment.Slot!.Start:HH:mm} UTC, and partners are told.", $"/deployments/{deployment.Number}",
                    Actor.System, at, deployment: deployment.Id, once: $"deployment.starting {deployment.Number} {deployment.Slot.Start.UtcDateTime:yyyyMMdd'T'HHmm}"),
                cancellationToken);
    }

    private static async IAsyncEnumerable<List<Deployment>> PagesAsync(this IQueryable<Deployment> deployments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = await deployments.AsNoTracking().Where(deployment => deployment.Number.CompareTo(after) > 0).OrderBy(deployment => deployment.Number).Take(AtOnce).ToListAsync(cancellationToken);
            if (page.Count > 0) yield return page;
            if (page.Count < AtOnce) yield break;

            after = page[^1].Number;
        }
    }

    private static async Task TellOnceAsync(this DeployHubDb db, IEnumerable<Happening> due, CancellationToken cancellationToken)
    {
        var all = due.ToList();
        var once = all.ConvertAll(happening => happening.Once);
        var told = await db.Happenings.Where(happening => once.Contains(happening.Once)).Select(happening => happening.Once).ToListAsync(cancellationToken);
        db.Happenings.AddRange(all.Where(happening => !told.Contains(happening.Once)));
    }
}
