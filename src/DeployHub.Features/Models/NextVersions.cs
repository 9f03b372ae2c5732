using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>How the next version of a model begins, whoever asks for it.</summary>
internal static class NextVersions
{
    /// <summary>Drafts it with the text of an earlier one.</summary>
    /// <param name="from">Number of the version to begin with; null for the one that is in use, or the newest.</param>
    public static async Task<Result<ModelVersion>> DraftNextAsync(
        this DeployHubDb db, Model model, int? from, ModelIntent intent, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var versions = await db.ModelVersions.Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
        var basis = from is { } wanted
            ? versions.Find(version => version.Number == wanted)
            : versions.Find(version => version.IsCurrent) ?? versions.Find(version => version.PublishedAt is not null) ?? versions[0];
        if (basis is null) return ModelErrors.VersionNotFound(model.Slug, from!.Value);

        var content = (await db.ReadModelAsync(basis.Yaml, model.Slug, DocumentFormat.Yaml, cancellationToken)).Content; // by today's rules, which may be stricter than those of its day
        var drafted = model.Draft(versions.Find(version => version.IsOpen), basis.Number, intent, basis.Yaml, content, by, at);
        if (drafted.Error is null) db.ModelVersions.Add(drafted.Value);
        return drafted;
    }
}
