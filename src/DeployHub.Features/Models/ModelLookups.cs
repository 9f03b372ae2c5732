using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

internal static class ModelLookups
{
    public static async Task<Result<ModelVersion>> FindModelVersionAsync(this DeployHubDb db, string slug, int number, CancellationToken cancellationToken)
    {
        var found = await db.VersionsOf(slug).SingleOrDefaultAsync(version => version.Number == number, cancellationToken);
        return found is null ? ModelErrors.VersionNotFound(slug, number) : found;
    }

    public static IQueryable<ModelVersion> VersionsOf(this DeployHubDb db, string slug) =>
        from model in db.Models where model.Slug == slug join version in db.ModelVersions on model.Id equals version.ModelId select version;
}
