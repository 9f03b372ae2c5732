using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>One edition of a block: what it says, as it was written, and what happened to it.</summary>
public sealed record ShowBlockVersion(string Key, int Number) : IQuery<Result<ShowBlockVersion.View>>
{
    /// <param name="Content">Null while a draft has errors.</param>
    /// <param name="Yaml">As people wrote it, comments and all.</param>
    /// <param name="Basis">The version that it began with.</param>
    /// <param name="Editors">Who wrote at it, the last one at the end.</param>
    /// <param name="History">Every move, oldest first.</param>
    /// <param name="RowVersion">What a change sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, int Number, BlockVersionStatus Status, Digest Digest, [property: JsonIgnore] BlockContent? Content, [property: JsonIgnore] string Yaml,
        string ReleaseNote, string CreatedBy, DateTimeOffset CreatedAt, string? PublishedBy, DateTimeOffset? PublishedAt, int? Basis, IReadOnlyList<string> Editors,
        IReadOnlyList<Move> History, [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>What each of its steps does, in a sentence.</summary>
        public IReadOnlyList<string> Summary => Content is { } content ? [.. content.Steps.Select(step => $"{step.Name}: {StepInWords.Of(step.Settings)}")] : [];

        /// <summary>Lists of a model in which it may stand, as a document names them, such as <c>execute.steps</c>.</summary>
        public IReadOnlyList<string> MayStandIn => Content is { } content ? BlockValidation.ListsFor(content, NCalcConditions.Instance) : [];

        /// <summary>The block's document; null while it has errors.</summary>
        public JsonObject? Document => Content is { } content ? BlockDocument.Json(content) : null;

        /// <summary>What there is to say of a draft's text, in its order.</summary>
        public IReadOnlyList<PlacedRemark> Remarks { get; init; } = [];

        /// <summary>The document beside that of the version it began with; null when there is none or one is too long for that.</summary>
        [JsonIgnore]
        public IReadOnlyList<SideBySide.Row>? SinceBasis { get; init; }
    }

    public sealed record Move(BlockVersionTrigger What, string By, DateTimeOffset At, string Reason);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowBlockVersion, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowBlockVersion query, CancellationToken cancellationToken)
        {
            var found = await db.VersionsOfBlock(query.Key).AsNoTracking().Where(version => version.Number == query.Number)
                .Select(version => new { Version = version, RowVersion = EF.Property<uint>(version, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return BlockErrors.VersionNotFound(query.Key, query.Number);

            var version = found.Version;
            var name = version.Said?.Name ?? await db.Blocks.Where(block => block.Id == version.BlockId).Select(block => block.Name).SingleAsync(cancellationToken);
            var (content, yaml) = version.ReadableBy(caller);
            return new View(
                query.Key, name, version.Number, version.Status, version.Digest, content, yaml, version.ReleaseNote, version.CreatedBy.Name, version.CreatedAt,
                version.PublishedBy?.Name, version.PublishedAt, version.Basis, [.. version.Editors.Select(editor => editor.Name)],
                [.. version.History.Select(move => new Move(move.Move, move.By.Name, move.At, move.Reason))], found.RowVersion)
            {
                Remarks = (version.Status is BlockVersionStatus.Draft || version.Said is null) && yaml.Length > 0 ? BlockDocument.Read(version.Yaml, query.Key).Remarks : [],
                SinceBasis = await SinceBasisAsync(query.Key, version.Basis, yaml, cancellationToken),
            };
        }

        private async Task<IReadOnlyList<SideBySide.Row>?> SinceBasisAsync(string key, int? basis, string yaml, CancellationToken cancellationToken)
        {
            if (basis is null) return null;
            var former = await db.VersionsOfBlock(key).AsNoTracking().SingleAsync(version => version.Number == basis, cancellationToken);
            return SideBySide.Of(former.ReadableBy(caller).Yaml, yaml);
        }
    }
}
