using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Who was told of a published version, how many looked and how many acknowledged it. Who they are is shown to whoever answers for that, and to auditors.</summary>
public sealed record ShowPublicationReaders(string Slug, int Number) : IQuery<Result<ShowPublicationReaders.View>>
{
    /// <param name="Told">How many were told.</param>
    /// <param name="Asked">How many of them were asked to acknowledge it.</param>
    /// <param name="Mine">What is asked of the caller; null where they were not told.</param>
    /// <param name="Readers">At most 500, who has yet to acknowledge first; empty for whoever sees counts only.</param>
    public sealed record View(int Told, int Opened, int Asked, int Acknowledged, int Overdue, int Exempt, bool IsSubscribed, Row? Mine, IReadOnlyList<Row> Readers);

    /// <param name="Status">Null where nothing is asked.</param>
    public sealed record Row(
        Guid Person, string Name, ReaderReason Because, DateTimeOffset? OpenedAt, AcknowledgementStatus? Status, DateOnly? DueOn, DateTimeOffset? AcknowledgedAt, string? ExemptBecause);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowPublicationReaders, Result<View>>
    {
        private const int Most = 500;

        public async ValueTask<Result<View>> Handle(ShowPublicationReaders query, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(query.Slug, query.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            var me = caller.PersonId();
            var readers = db.PublicationReaders.AsNoTracking().Where(reader => reader.VersionId == version.Value.Id);
            var counts = await readers.GroupBy(reader => new { reader.Status, IsOpened = reader.OpenedAt != null })
                .Select(group => new { group.Key.Status, group.Key.IsOpened, Count = group.Count() }).ToListAsync(cancellationToken);
            var mine = await readers.SingleOrDefaultAsync(reader => reader.Person == me, cancellationToken);
            var seesNames = caller.May(Permission.ExemptReaders) || caller.Roles.Contains(Role.Auditor);
            int Sum(AcknowledgementStatus status) => counts.Where(count => count.Status == status).Sum(count => count.Count);
            return new View(
                counts.Sum(count => count.Count), counts.Where(count => count.IsOpened).Sum(count => count.Count), counts.Where(count => count.Status is not null).Sum(count => count.Count),
                Sum(AcknowledgementStatus.Acknowledged), Sum(AcknowledgementStatus.Overdue), Sum(AcknowledgementStatus.Exempt),
                await db.ModelSubscriptions.AnyAsync(known => known.ModelId == version.Value.ModelId && known.Person == me, cancellationToken), mine is null ? null : Of(mine),
                seesNames ? await RowsAsync(readers, cancellationToken) : []);
        }

        private static async Task<IReadOnlyList<Row>> RowsAsync(IQueryable<PublicationReader> readers, CancellationToken cancellationToken) =>
            [.. (await readers.OrderBy(reader => reader.AcknowledgedAt != null).ThenBy(reader => reader.Name).Take(Most).ToListAsync(cancellationToken)).Select(Of)];

        private static Row Of(PublicationReader reader) =>
            new(reader.Person, reader.Name, reader.Because, reader.OpenedAt, reader.Status, reader.DueOn, reader.AcknowledgedAt, reader.ExemptBecause);
    }
}
