using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>One edition of a model: what it says, as it was written, and what happened to it.</summary>
public sealed record ShowModelVersion(string Slug, int Number) : IQuery<Result<ShowModelVersion.View>>
{
    /// <param name="Yaml">As people wrote it, comments and all.</param>
    /// <param name="History">Every move, oldest first.</param>
    public sealed record View(
        string Slug, int Number, ModelVersionStatus Status, Digest Digest, ModelContent Content, string Yaml, string ReleaseNote,
        string PublishedBy, DateTimeOffset PublishedAt, IReadOnlyList<ModelVersionMove> History);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowModelVersion, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowModelVersion query, CancellationToken cancellationToken)
        {
            var version = await db.VersionsOf(query.Slug).AsNoTracking().SingleOrDefaultAsync(version => version.Number == query.Number, cancellationToken);
            return version is null
                ? ModelErrors.VersionNotFound(query.Slug, query.Number)
                : new View(
                    query.Slug, version.Number, version.Status, version.Digest, version.Content, version.Yaml, version.ReleaseNote,
                    (version.PublishedBy ?? version.CreatedBy).Name, version.PublishedAt ?? version.CreatedAt, version.History);
        }
    }
}
