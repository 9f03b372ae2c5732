using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

internal static class ImprovementLookups
{
    /// <param name="seen">The row version that the sender had looked at; another one is refused.</param>
    public static async Task<Result<Improvement>> FindImprovementAsync(this DeployHubDb db, string number, uint? seen, CancellationToken cancellationToken)
    {
        var found = await db.Improvements.SingleOrDefaultAsync(improvement => improvement.Number == number, cancellationToken);
        if (found is null) return Error.NotFound("improvement", number);

        return db.ChangedSince(found, seen) is { } changed ? changed : found;
    }

    /// <summary>The version in which it is written; null where none is linked.</summary>
    public static async Task<ModelVersion?> LinkedVersionAsync(this DeployHubDb db, Improvement improvement, CancellationToken cancellationToken) =>
        improvement.VersionId is { } id ? await db.ModelVersions.SingleAsync(version => version.Id == id, cancellationToken) : null;

    /// <summary>What was written in a version is in use once that is published.</summary>
    public static async Task DeliverImprovementsAsync(this DeployHubDb db, ModelVersion published, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var written = db.Improvements.Where(improvement => improvement.VersionId == published.Id && improvement.Status == ImprovementStatus.InProgress);
        foreach (var improvement in await written.ToListAsync(cancellationToken))
            if (improvement.Deliver(published, by, at).Error is { } refusal) throw new InvalidOperationException($"It refused to follow its version: {refusal.Message}");
    }
}
