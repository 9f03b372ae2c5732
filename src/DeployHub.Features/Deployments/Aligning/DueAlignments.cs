using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Deadlines of alignment requests that have passed.</summary>
public static class DueAlignments
{
    /// <summary>Takes one deployment whose deadline has passed, so that of two workers each takes another, and settles it; the caller commits. False when none is due.</summary>
    public static async Task<bool> MissOneDeadlineAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var due = await db.Deployments.FromSql(
            $"""
            select *, xmin from deployments
            where alignment_due_at <= {at} and status in ('InReview', 'Scheduled')
            order by alignment_due_at limit 1
            for no key update skip locked
            """).ToListAsync(cancellationToken);
        if (due is not [var deployment]) return false;

        return deployment.MissAlignmentDeadlines(at, await db.UnreachedAsync(deployment, cancellationToken)).Error is { } refusal
            ? throw new InvalidOperationException($"{deployment.Number} refused to miss a deadline: {refusal.Message}")
            : true;
    }

    /// <summary>Organisations to which a letter about what they are asked was written, or is to be written yet, and none arrived. Where no mails are sent, nobody knows.</summary>
    private static async Task<IReadOnlyCollection<OrganisationId>> UnreachedAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var pending = deployment.Alignments.Where(request => request.Status is AlignmentStatus.Pending).ToList();
        if (await db.Happenings.AnyAsync(happening => happening.DeploymentId == deployment.Id && happening.Type == EventTypes.AlignmentRequested && happening.DueAt != null, cancellationToken))
            return [.. pending.Select(request => request.OrganisationId)];

        var letters = await db.Deliveries.Where(letter => letter.OrganisationId != null && letter.Subject == deployment.Number && letter.Type == EventTypes.AlignmentRequested)
            .Select(letter => new { letter.OrganisationId, letter.At, letter.Status }).ToListAsync(cancellationToken);
        return
        [
            .. from request in pending
               let written = letters.FindAll(letter => letter.OrganisationId == request.OrganisationId && letter.At >= request.AskedAt.AddSeconds(-1))
               where written.Count > 0 && written.TrueForAll(letter => letter.Status is not DeliveryStatus.Delivered)
               select request.OrganisationId,
        ];
    }
}
