using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

internal static class InventoryLookups
{
    /// <summary>A target by its environment's key and its own name, tracked; null when there is none.</summary>
    public static Task<Target?> TargetAsync(this DeployHubDb db, string environment, string name, CancellationToken cancellationToken) =>
        db.Targets
            .Where(target => target.Name == name && db.Environments.Any(e => e.Id == target.EnvironmentId && e.Key == environment))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Key of the service that a component is a part of.</summary>
    public static Task<string> ServiceOfAsync(this DeployHubDb db, Component component, CancellationToken cancellationToken) =>
        db.Services.Where(service => service.Id == component.ServiceId).Select(service => service.Key).SingleAsync(cancellationToken);
}
