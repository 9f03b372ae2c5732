using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>One edition of a model: what it says, as it was written, and what happened to it.</summary>
public sealed record ShowModelVersion(string Slug, int Number) : IQuery<Result<ShowModelVersion.View>>
{
    /// <param name="Yaml">As people wrote it, comments and all.</param>
    /// <param name="History">Every move, oldest first.</param>
    public sealed record View(
        string Slug, int Number, ModelVersionStatus Status, Digest Digest, [property: JsonIgnore] ModelContent Content, [property: JsonIgnore] string Yaml,
        string ReleaseNote, string PublishedBy, DateTimeOffset PublishedAt, IReadOnlyList<Move> History)
    {
        /// <summary>What it does, in plain sentences.</summary>
        public IReadOnlyList<string> Summary => ModelInWords.Summary(Content);

        /// <summary>The model document.</summary>
        public JsonObject Document => ModelDocument.Json(Content);
    }

    public sealed record Move(ModelVersionTrigger What, string By, DateTimeOffset At, string Reason);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowModelVersion, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowModelVersion query, CancellationToken cancellationToken)
        {
            var version = await db.VersionsOf(query.Slug).AsNoTracking().SingleOrDefaultAsync(version => version.Number == query.Number, cancellationToken);
            if (version is null) return ModelErrors.VersionNotFound(query.Slug, query.Number);

            var (content, yaml) = Readable(version);
            return new View(
                query.Slug, version.Number, version.Status, version.Digest, content, yaml, version.ReleaseNote,
                (version.PublishedBy ?? version.CreatedBy).Name, version.PublishedAt ?? version.CreatedAt,
                [.. version.History.Select(move => new Move(move.Move, move.By.Name, move.At, move.Reason))]);
        }

        /// <summary>Whoever may be asked a quiz, and does not write models, does not read here what is right.</summary>
        private (ModelContent Content, string Yaml) Readable(ModelVersion version)
        {
            if (caller.May(Permission.EditModels) || !version.Content.AsksQuiz) return (version.Content, version.Yaml);

            var content = version.Content.WithoutRightAnswers();
            return (content, ModelDocument.Yaml(content));
        }
    }
}
