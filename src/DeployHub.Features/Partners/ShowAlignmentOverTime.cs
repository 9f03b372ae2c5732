using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>What became of the questions of the last twelve months, by the month in which they were asked.</summary>
/// <param name="Organisation">Key of the only organisation wanted; null for all of them.</param>
public sealed record ShowAlignmentOverTime(string? Organisation = null) : IQuery<Result<ShowAlignmentOverTime.View>>
{
    public const int Months = 12;

    /// <summary>So many deployments, the newest first.</summary>
    public const int MostDeployments = 10_000;

    /// <param name="LeftOut">There were more deployments than were counted: the oldest months are not whole.</param>
    public sealed record View(IReadOnlyList<AlignmentMonth> Months, bool LeftOut)
    {
        public bool IsEmpty => Months.All(month => month.All == 0);
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowAlignmentOverTime, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowAlignmentOverTime query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ViewPartners) is { } refusal) return refusal;
            var only = query.Organisation is { } key ? await db.FindOrganisationAsync(key, cancellationToken) : null;
            if (query.Organisation is not null && only is null) return Error.NotFound("organisation", query.Organisation);

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var since = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Months);
            var asked = await Since(only, since).AsNoTracking().OrderByDescending(deployment => deployment.Number).Take(MostDeployments + 1).Select(deployment => deployment.Alignments).ToListAsync(cancellationToken);
            var requests = asked.Take(MostDeployments).SelectMany(all => all).Where(request => only is null || request.OrganisationId == only.Id);
            return new View(AlignmentMonth.Of(requests, today, Months), asked.Count > MostDeployments);
        }

        /// <summary>Those of one organisation are found by the index on requests, and are not crowded out by those of others.</summary>
        private IQueryable<Deployment> Since(Organisation? only, DateTimeOffset since) => only is null
            ? db.Deployments.FromSql(
                $"""
                select *, xmin from deployments
                where jsonb_array_length(alignments) > 0 and exists (select from jsonb_array_elements(alignments) asked where (asked ->> 'askedAt')::timestamptz >= {since})
                """)
            : db.Deployments.FromSql(
                $"""
                select *, xmin from deployments
                where alignments @> {PartnerLookups.Asking(only.Id)}::jsonb and exists (select from jsonb_array_elements(alignments) asked where (asked ->> 'askedAt')::timestamptz >= {since})
                """);
    }
}
