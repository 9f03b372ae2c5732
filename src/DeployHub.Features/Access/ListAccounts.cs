using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Whom something may be entrusted to: everybody with an open account, by name. At most 500; others are found by their address.</summary>
public sealed record ListAccounts : IQuery<IReadOnlyList<ListAccounts.Row>>
{
    private const int Most = 500;

    public sealed record Row(string Name, string Email);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListAccounts, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListAccounts query, CancellationToken cancellationToken) =>
            await db.Users.AsNoTracking().Open().OrderBy(person => person.DisplayName).ThenBy(person => person.Email).Take(Most)
                .Select(person => new Row(person.DisplayName, person.Email!)).ToListAsync(cancellationToken);
    }
}
