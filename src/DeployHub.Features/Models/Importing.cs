using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Communicating;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>Publishing what was finished elsewhere: sent by somebody, or found in Git.</summary>
internal static class Importing
{
    /// <summary>Newest first; none of a model that is not there yet.</summary>
    public static async Task<List<ModelVersion>> VersionsOfAsync(this DeployHubDb db, Model? model, CancellationToken cancellationToken) =>
        model is null ? [] : await db.ModelVersions.Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);

    /// <summary>The next version of its model, in use at once; the version before is deprecated, and whoever asked to be told of it is.</summary>
    /// <param name="versions">All that the model has.</param>
    public static async Task<ModelVersion> PublishImportedAsync(
        this DeployHubDb db, Model model, List<ModelVersion> versions, ModelContent content, string yaml, string releaseNote, ModelOrigin? origin, Actor by, DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var published = db.ModelVersions.Add(model.Import(content, yaml, releaseNote, by, at, origin)).Entity;
        versions.Find(version => version.IsCurrent)?.Supersede(published.Number, by, at);
        await db.CommunicateAsync(model, published, null, by, at, cancellationToken);
        return published;
    }
}
