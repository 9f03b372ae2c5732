using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>One model and all its versions, newest first.</summary>
public sealed record ShowModel(string Slug) : IQuery<Result<ShowModel.View>>
{
    /// <param name="Version">Number of the version that plans may use; the newest that ever was when none is published, else the newest.</param>
    /// <param name="Open">Number of the version that is neither published nor discarded; null when none is.</param>
    /// <param name="ReviewBy">When somebody has to look at it again.</param>
    /// <param name="RowVersion">What an import sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Slug, string Name, string Purpose, string Owner, DateTimeOffset CreatedAt, DateOnly ReviewBy, int Version, int? Open, IReadOnlyList<Edition> Versions,
        [property: JsonIgnore] uint RowVersion);

    /// <param name="Uses">Deployments planned with it.</param>
    public sealed record Edition(int Number, ModelVersionStatus Status, Digest Digest, string? PublishedBy, DateTimeOffset? PublishedAt, string ReleaseNote, int Uses);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowModel, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowModel query, CancellationToken cancellationToken)
        {
            var found = await db.Models.Where(model => model.Slug == query.Slug).AsNoTracking()
                .Select(model => new { Model = model, RowVersion = EF.Property<uint>(model, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return ModelErrors.NotFound(query.Slug);

            var editions = await EditionsAsync(found.Model.Id, cancellationToken);
            var current = editions.Find(edition => edition.Status is ModelVersionStatus.Published) ?? editions.Find(edition => edition.PublishedAt is not null) ?? editions[0];
            var open = editions.Find(edition => edition.Status is ModelVersionStatus.Draft or ModelVersionStatus.InTest or ModelVersionStatus.Tested);
            return new View(
                found.Model.Slug, found.Model.Name, found.Model.Purpose, found.Model.Owner.Name, found.Model.CreatedAt, found.Model.ReviewBy, current.Number, open?.Number, editions, found.RowVersion);
        }

        private async Task<List<Edition>> EditionsAsync(ModelId model, CancellationToken cancellationToken)
        {
            var versions = await db.ModelVersions.Where(version => version.ModelId == model).OrderByDescending(version => version.Number)
                .Select(version => new
                {
                    version.Number,
                    version.Status,
                    version.Digest,
                    version.PublishedBy,
                    version.PublishedAt,
                    version.ReleaseNote,
                    Uses = db.Deployments.Count(deployment => deployment.ModelVersionId == version.Id),
                }).AsNoTracking().ToListAsync(cancellationToken);
            return [.. versions.Select(version => new Edition(version.Number, version.Status, version.Digest, version.PublishedBy?.Name, version.PublishedAt, version.ReleaseNote, version.Uses))];
        }
    }
}
