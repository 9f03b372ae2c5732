using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>Model sources in order of their key with what came of the last look, a page at a time.</summary>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListModelSources(string? After = null, int? Limit = null) : IQuery<Page<ListModelSources.Row>>
{
    /// <param name="Commit">Of its branch, where that was looked at last.</param>
    /// <param name="Sentence">What came of it last, or what stands in the way.</param>
    /// <param name="Documents">How many there are.</param>
    /// <param name="ToDecide">For how many a person has to choose a text.</param>
    /// <param name="Refused">How many have errors.</param>
    public sealed record Row(
        string Key, string Name, string Repository, string Branch, string Folder, SourceUse Use, SourceStanding Standing, DateTimeOffset? LookedAt, string? Commit, string? Sentence,
        int Documents, int ToDecide, int Refused);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListModelSources, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListModelSources query, CancellationToken cancellationToken)
        {
            var found = await (
                from source in db.ModelSources
                where query.After == null || source.Key.CompareTo(query.After) > 0
                orderby source.Key
                join sync in db.SourceSyncs on source.Id equals sync.SourceId
                select new
                {
                    Source = source,
                    Sync = sync,
                    Documents = db.SourceDocuments.Count(document => document.SourceId == source.Id && document.Outcome != DocumentOutcome.Gone),
                    ToDecide = db.SourceDocuments.Count(document => document.SourceId == source.Id && document.Outcome == DocumentOutcome.Conflict),
                    Refused = db.SourceDocuments.Count(document => document.SourceId == source.Id && document.Outcome == DocumentOutcome.Refused),
                }).Take(Page.Size(query.Limit) + 1).AsNoTracking().ToListAsync(cancellationToken);

            var at = clock.GetUtcNow();
            return Page.Of([.. found.Select(row => Make(row.Source, row.Sync, row.Documents, row.ToDecide, row.Refused, at))], query.Limit, row => row.Key);
        }

        private static Row Make(ModelSource source, SourceSync sync, int documents, int toDecide, int refused, DateTimeOffset at) => new(
            source.Key, source.Settings.Name, source.Settings.Repository, source.Settings.Branch, source.Settings.Folder, source.Settings.Use, Standing.Of(source, sync, at), sync.LookedAt,
            sync.Heads.GetValueOrDefault(source.Settings.Branch), source.PausedBecause ?? sync.Trouble ?? (sync.Entries.Count > 0 ? sync.Entries[0].Sentence : null), documents, toDecide, refused);
    }
}
