using DeployHub.Domain;
using DeployHub.Domain.Comments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Comments;

/// <summary>What people wrote about a deployment, a halt or a review, the oldest first.</summary>
/// <param name="Key">Number of the deployment or review; for a halt its run's name and its own number, such as <c>DEP-2026-000123/R1/H2</c>.</param>
public sealed record ListComments(CommentSubject Subject, string Key) : IQuery<Result<ListComments.View>>
{
    /// <summary>So many at once, the newest.</summary>
    public const int Most = 200;

    /// <param name="LeftOut">Whether there are older ones.</param>
    public sealed record View(IReadOnlyList<Row> Comments, bool LeftOut);

    /// <param name="Text">Null where it is withdrawn.</param>
    /// <param name="Told">Names of whom it named.</param>
    /// <param name="IsMine">The caller wrote it, and may withdraw it.</param>
    public sealed record Row(Guid Id, string? Text, string Author, DateTimeOffset At, IReadOnlyList<string> Told, bool IsMine, DateTimeOffset? WithdrawnAt);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListComments, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ListComments query, CancellationToken cancellationToken)
        {
            if ((await db.SubjectAsync(query.Subject, query.Key, cancellationToken)).Error is { } unknown) return unknown;

            var newest = await db.Comments.AsNoTracking().Where(comment => comment.Subject == query.Subject && comment.Key == query.Key)
                .OrderByDescending(comment => comment.At).Take(Most + 1).ToListAsync(cancellationToken);
            return new View([.. newest.Take(Most).Reverse().Select(RowOf)], newest.Count > Most);
        }

        private Row RowOf(Comment comment) => new(
            comment.Id.Value, comment.WithdrawnAt is null ? comment.Text : null, comment.Author.Name, comment.At, [.. comment.Mentions.Select(person => person.Name)],
            comment.WithdrawnAt is null && comment.Author.Is(caller.Actor), comment.WithdrawnAt);
    }
}
