using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

internal static class SourceLookups
{
    public static async Task<Result<ModelSource>> FindModelSourceAsync(this DeployHubDb db, string key, CancellationToken cancellationToken) =>
        await db.ModelSources.SingleOrDefaultAsync(source => source.Key == key, cancellationToken) is { } source ? source : ModelSourceErrors.NotFound(key);

    /// <summary>Its source was just found. Nobody else changes it before this transaction ends: workers do so all the time, and no person should be told that.</summary>
    public static async Task<SourceSync> LockSyncOfAsync(this DeployHubDb db, ModelSource source, CancellationToken cancellationToken) =>
        (await db.LockSyncAsync(source.Id, cancellationToken))!;

    /// <summary>Whoever lets a branch publish publishes. Null when that is permitted.</summary>
    public static Error? RefusalToPublish(this Caller caller, SourceUse use) =>
        use is SourceUse.Publishes && !caller.May(Permission.PublishModels) ? PermissionMatrix.Refusal(Permission.PublishModels) : null;

    /// <summary>Workers look when this is committed.</summary>
    public static void RingAfterCommit(this DeployHubDb db, Doorbell doorbell, ModelSource source)
    {
        var pool = source.Settings.Pool;
        db.AfterCommit.Add(() => doorbell.Ring(pool));
    }
}
