using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Approvals that time has done something to: reminders, escalations, expiries, what is overdue.</summary>
public static class PassingTime
{
    /// <summary>Takes the deployment that has waited longest, if no other worker has it, and tells it the time. False when none is due.</summary>
    public static async Task<bool> PassTimeOfApprovalsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var due = await db.Deployments
            .FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.approvals_due_at <= {at} order by deployment.approvals_due_at limit 1 for update skip locked")
            .ToListAsync(cancellationToken);
        foreach (var deployment in due) deployment.PassTime(at);
        return due.Count > 0;
    }
}
