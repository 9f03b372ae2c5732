using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>One model source: what was said of it, how far it is synchronised, what became of each document, and what a person has to decide.</summary>
public sealed record ShowModelSource(string Key) : IQuery<Result<ShowModelSource.View>>
{
    /// <summary>More are not shown; those that need somebody come first.</summary>
    public const int MostDocuments = 300;

    /// <summary>Texts are long: the next ones come when these are decided.</summary>
    public const int MostConflicts = 5;

    /// <param name="Heads">The commit of each branch that was looked at.</param>
    /// <param name="DueAt">When a worker looks next; null when only a push or a person asks.</param>
    /// <param name="Worker">Who looks just now; null when nobody does.</param>
    /// <param name="Trouble">Why the last look failed; null when it did not.</param>
    /// <param name="LeftOut">What is not followed, such as symbolic links.</param>
    /// <param name="Rewritten">What a person has to decide before anything goes on.</param>
    /// <param name="Entries">What came of looking, newest first, the last fifty.</param>
    /// <param name="Documents">Those that need somebody first, then by branch and path.</param>
    /// <param name="DocumentCount">How many there are.</param>
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, SourceSettings Settings, string RegisteredBy, DateTimeOffset RegisteredAt, SourceStanding Standing, DateTimeOffset? PausedAt, string? PausedBecause,
        IReadOnlyDictionary<string, string> Heads, DateTimeOffset? DueAt, DateTimeOffset? LookedAt, string? Worker, string? Trouble, string? LeftOut, RewrittenHistory? Rewritten, Pushed Pushes,
        IReadOnlyList<SyncEntry> Entries, IReadOnlyList<Document> Documents, int DocumentCount, [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>Of the branch whose documents are the models; null before it was looked at.</summary>
        public string? Commit => Heads.GetValueOrDefault(Settings.Branch);
    }

    /// <param name="HeardAt">When the last push proved itself.</param>
    /// <param name="Refused">How many did not since then.</param>
    /// <param name="Trouble">Why they cannot be judged.</param>
    public sealed record Pushed(DateTimeOffset? HeardAt, int Refused, DateTimeOffset? RefusedAt, string? Trouble);

    /// <param name="Commit">That wrote the text.</param>
    /// <param name="Author">Whom it names.</param>
    /// <param name="Conflict">The two texts, for whoever may write drafts and for the first few alone.</param>
    public sealed record Document(
        string Branch, string Path, string? Model, int? Number, DocumentOutcome Outcome, string Sentence, IReadOnlyList<SourceRemark> Remarks, string Commit, string Author, DateTimeOffset At,
        SourceConflict? Conflict = null);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowModelSource, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowModelSource query, CancellationToken cancellationToken)
        {
            var found = await db.ModelSources.AsNoTracking().Where(source => source.Key == query.Key)
                .Select(source => new { Source = source, RowVersion = EF.Property<uint>(source, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return ModelSourceErrors.NotFound(query.Key);

            var source = found.Source;
            var sync = await db.SourceSyncs.AsNoTracking().SingleAsync(sync => sync.SourceId == source.Id, cancellationToken);
            var (documents, count) = await DocumentsAsync(source.Id, cancellationToken);
            return new View(
                source.Key, source.Settings, source.RegisteredBy.Name, source.RegisteredAt, Standing.Of(source, sync, clock.GetUtcNow()), source.PausedAt, source.PausedBecause, sync.Heads,
                sync.DueAt, sync.LookedAt, sync.Worker, sync.Trouble, sync.LeftOut, sync.Rewritten, new Pushed(sync.PushedAt, sync.RefusedPushes, sync.PushRefusedAt, sync.PushTrouble),
                sync.Entries, documents, count, found.RowVersion);
        }

        private async Task<(IReadOnlyList<Document> Documents, int Count)> DocumentsAsync(ModelSourceId source, CancellationToken cancellationToken)
        {
            var all = db.SourceDocuments.AsNoTracking().Where(document => document.SourceId == source);
            var rows = await all
                .OrderBy(document => document.Outcome == DocumentOutcome.Conflict ? 0 : document.Outcome == DocumentOutcome.Refused ? 1 : document.Outcome == DocumentOutcome.Waits ? 2 : 3)
                .ThenBy(document => document.Branch).ThenBy(document => document.Path)
                .Select(document => new Document(
                    document.Branch, document.Path, document.Model, document.Number, document.Outcome, document.Sentence, document.Remarks, document.Commit, document.Author, document.At, null))
                .Take(MostDocuments + 1).ToListAsync(cancellationToken);
            var count = rows.Count <= MostDocuments ? rows.Count : await all.CountAsync(cancellationToken);
            for (var i = 0; i < Math.Min(rows.Count, MostConflicts) && caller.May(Permission.EditModels); i++)
                if (rows[i].Outcome is DocumentOutcome.Conflict) rows[i] = rows[i] with { Conflict = await ConflictAsync(all, rows[i], cancellationToken) };
            return ([.. rows.Take(MostDocuments)], count);
        }

        /// <summary>Null when the draft is gone meanwhile: the next look says what comes of that.</summary>
        private async Task<SourceConflict?> ConflictAsync(IQueryable<SourceDocument> all, Document row, CancellationToken cancellationToken)
        {
            var theirs = await all.Where(document => document.Branch == row.Branch && document.Path == row.Path).Select(document => document.Theirs).SingleOrDefaultAsync(cancellationToken);
            var ours = await db.VersionsOf(row.Model!).Where(version => version.Status == ModelVersionStatus.Draft).Select(version => version.Yaml).SingleOrDefaultAsync(cancellationToken);
            return theirs is null || ours is null ? null : new SourceConflict(ours, theirs);
        }
    }
}
