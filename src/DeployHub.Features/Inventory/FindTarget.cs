using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

internal static class FindTarget
{
    /// <summary>A target by its environment's key and its own name, tracked; null when there is none.</summary>
    public static Task<Target?> TargetAsync(this DeployHubDb db, string environment, string name, CancellationToken cancellationToken) =>
        db.Targets
            .Where(target => target.Name == name && db.Environments.Any(e => e.Id == target.EnvironmentId && e.Key == environment))
            .SingleOrDefaultAsync(cancellationToken);
}
