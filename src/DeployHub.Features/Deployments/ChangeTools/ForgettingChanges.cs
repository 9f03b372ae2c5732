using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>What was known of changes that nobody needs any more.</summary>
public static class ForgettingChanges
{
    /// <summary>Deletes what no open plan names and nobody looked up for long. Whoever names it again has it looked up anew. Answers how many.</summary>
    public static Task<int> ForgetChangesAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            delete from change_records record
            where record.due_at is null and record.looked_at < {at - ChangeRecord.KeptFor} and not exists (
                select from deployments deployment
                where deployment.status in ('Draft', 'InReview', 'Scheduled', 'InProgress', 'Halted') and deployment.plan ->> 'changeReference' = record.number)
            """, cancellationToken);
}
