using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>One organisation: whom to ask, what concerns it, what it agreed to in advance, its links, and how well we were aligned.</summary>
public sealed record ShowOrganisation(string Key) : IQuery<Result<ShowOrganisation.View>>
{
    /// <summary>How far back the figures reach.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(90);

    public sealed record View
    {
        public required string Key { get; init; }

        public required string Name { get; init; }

        public required OrganisationKind Kind { get; init; }

        public required string TimeZone { get; init; }

        public required int NoticeDays { get; init; }

        public required SilencePolicy Silence { get; init; }

        public Ending? Ended { get; init; }

        public required IReadOnlyList<Contact> Contacts { get; init; }

        public required IReadOnlyList<Concern> Concerns { get; init; }

        public required IReadOnlyList<StandingAgreement> Agreements { get; init; }

        public required IReadOnlyList<PartnerFreeze> Freezes { get; init; }

        /// <summary>The newest first, at most 50.</summary>
        public required IReadOnlyList<LinkRow> Links { get; init; }

        /// <summary>Of the last 90 days.</summary>
        public required AlignmentFigures Figures { get; init; }

        /// <summary>The newest first, at most 20.</summary>
        public required IReadOnlyList<AskedRow> Asked { get; init; }

        /// <summary>What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</summary>
        [JsonIgnore]
        public uint RowVersion { get; init; }
    }

    public sealed record LinkRow(Guid Id, string Name, DateTimeOffset ExpiresAt, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? RevokedAt, bool IsValid);

    public sealed record AskedRow(string Deployment, string Title, AlignmentStatus Status, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, bool IsShortNotice);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowOrganisation, Result<View>>
    {
        private const int Most = 2000;

        public async ValueTask<Result<View>> Handle(ShowOrganisation query, CancellationToken cancellationToken)
        {
            var found = await db.Organisations.AsNoTracking().Where(known => known.Key == query.Key)
                .Select(known => new { Organisation = known, Version = EF.Property<uint>(known, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("organisation", query.Key);

            var (organisation, at) = (found.Organisation, clock.GetUtcNow());
            var links = await db.PartnerLinks.AsNoTracking().Where(link => link.OrganisationId == organisation.Id).OrderByDescending(link => link.MadeAt).Take(50).ToListAsync(cancellationToken);
            var since = at - Window;
            var started = await db.AskedOf(organisation.Id).AsNoTracking().Where(deployment => deployment.StartedAt >= since).Take(Most).ToListAsync(cancellationToken);
            return new View
            {
                Key = organisation.Key,
                Name = organisation.Name,
                Kind = organisation.Kind,
                TimeZone = organisation.TimeZone,
                NoticeDays = organisation.NoticeDays,
                Silence = organisation.Silence,
                Ended = organisation.Ended,
                Contacts = organisation.Contacts,
                Concerns = organisation.Concerns,
                Agreements = organisation.Agreements,
                Freezes = organisation.Freezes,
                Links = [.. links.Select(link => new LinkRow(link.Id.Value, link.Name, link.ExpiresAt, link.MadeBy.Name, link.MadeAt, link.RevokedAt, link.Opens(organisation, at)))],
                Figures = AlignmentFigures.Of(started, organisation.Id, (await db.WorkingDaysOfPartnersAsync(cancellationToken))(organisation.Key)),
                Asked = await AskedAsync(organisation.Id, cancellationToken),
                RowVersion = found.Version,
            };
        }

        private async Task<IReadOnlyList<AskedRow>> AskedAsync(OrganisationId organisation, CancellationToken cancellationToken)
        {
            var asked = await db.AskedOf(organisation).AsNoTracking().Take(20).ToListAsync(cancellationToken);
            return [.. asked.Select(deployment => RowOf(deployment, deployment.Alignments.Last(request => request.OrganisationId == organisation)))];
        }

        private static AskedRow RowOf(Deployment deployment, AlignmentRequest last) =>
            new(deployment.Number, deployment.Title, last.Status, last.AskedAt, last.Answer?.At, last.IsShortNotice);
    }
}
