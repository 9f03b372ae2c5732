using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Organisations whose contact the caller is by the address of their account, by key; at most 100.</summary>
public sealed record ListOwnOrganisations : IQuery<IReadOnlyList<ListOwnOrganisations.Row>>
{
    private const int Most = 100;

    /// <param name="As">As whom they are named there.</param>
    public sealed record Row(string Key, string Name, string As);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListOwnOrganisations, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListOwnOrganisations query, CancellationToken cancellationToken)
        {
            if (await db.AddressOfAsync(caller, cancellationToken) is not { } address) return [];

            var organisations = await db.Organisations
                .FromSql(
                    $"""
                    select o.*, o.xmin from organisations o
                    where o.ended is null and exists (
                        select 1 from jsonb_array_elements(o.contacts) contact where lower(contact ->> 'email') = lower({address}) and contact -> 'ended' is null)
                    """)
                .AsNoTracking().OrderBy(organisation => organisation.Key).Take(Most).ToListAsync(cancellationToken);
            return
            [
                .. from organisation in organisations
                   from contact in organisation.PeopleNow()
                   where contact.Email.Equals(address, StringComparison.OrdinalIgnoreCase)
                   select new Row(organisation.Key, organisation.Name, contact.Name),
            ];
        }
    }
}
