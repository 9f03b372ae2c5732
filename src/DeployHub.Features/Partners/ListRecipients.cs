using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>The distribution list of a service: who is told of its deployments, at most 500.</summary>
public sealed record ListRecipients(string Service) : IQuery<Result<IReadOnlyList<ListRecipients.Row>>>
{
    /// <param name="Organisation">Key of the organisation whose contact it is; null for somebody of the house.</param>
    public sealed record Row(Guid Id, string Name, string Email, string? Organisation, string AddedBy, DateTimeOffset AddedAt);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListRecipients, Result<IReadOnlyList<Row>>>
    {
        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListRecipients query, CancellationToken cancellationToken)
        {
            if (await db.Services.SingleOrDefaultAsync(known => known.Key == query.Service, cancellationToken) is not { } service) return Error.NotFound("service", query.Service);

            var found = await (from recipient in db.Recipients.AsNoTracking()
                               where recipient.ServiceId == service.Id && recipient.EndedAt == null
                               from organisation in db.Organisations.Where(known => known.Id == recipient.OrganisationId).DefaultIfEmpty()
                               orderby recipient.Name, recipient.Email
                               select new { Recipient = recipient, Organisation = organisation == null ? null : organisation.Key }).Take(500).ToListAsync(cancellationToken);
            return found.Select(row => new Row(row.Recipient.Id.Value, row.Recipient.Name, row.Recipient.Email, row.Organisation, row.Recipient.AddedBy.Name, row.Recipient.AddedAt)).ToList();
        }
    }
}
