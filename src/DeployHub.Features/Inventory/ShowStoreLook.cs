using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>What a worker answered about a definitive store, once it has.</summary>
public sealed record ShowStoreLook(string Store, Guid Id) : IQuery<Result<ShowStoreLook.View>>
{
    /// <param name="IsAnswered">False while no worker has answered: ask again in a moment.</param>
    /// <param name="Files">Folders first, then the newest file; at most 500.</param>
    /// <param name="HasMore">There are more than are told.</param>
    /// <param name="Trouble">Why nothing could be seen, in a sentence.</param>
    public sealed record View(
        Guid Id, StoreQuestion Question, string Path, DateTimeOffset AskedAt, bool IsAnswered,
        IReadOnlyList<StoredFile> Files, bool HasMore, Digest? Digest, long? Size, string? Trouble);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowStoreLook, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowStoreLook query, CancellationToken cancellationToken)
        {
            var id = StoreLookId.From(query.Id);
            var found = await db.StoreLooks.AsNoTracking()
                .SingleOrDefaultAsync(look => look.Id == id && db.Stores.Any(store => store.Id == look.StoreId && store.Key == query.Store), cancellationToken);
            if (found is null) return Error.NotFound("store-look", query.Id.ToString());

            var answer = found.Answer;
            return new View(
                query.Id, found.Question, found.Path, found.AskedAt, answer is not null,
                answer?.Files ?? [], answer?.HasMore ?? false, answer?.Digest, answer?.Size, answer?.Trouble);
        }
    }
}
