using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Which questions about definitive stores wait for a worker.</summary>
public static class DueStoreLooks
{
    /// <summary>Locks the one that waits longest and that nobody else has locked; null when none waits.</summary>
    public static async Task<StoreLook?> LockDueStoreLookAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await db.StoreLooks.FromSql($"select * from store_looks where due_at <= {at} order by due_at limit 1 for update skip locked")
            .ToListAsync(cancellationToken)).SingleOrDefault();
}
