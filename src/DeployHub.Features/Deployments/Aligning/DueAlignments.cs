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

        return deployment.MissAlignmentDeadlines(at).Error is { } refusal
            ? throw new InvalidOperationException($"{deployment.Number} refused to miss a deadline: {refusal.Message}")
            : true;
    }
}
