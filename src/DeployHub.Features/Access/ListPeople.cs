using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Everybody with an account, and their grants.</summary>
public sealed record ListPeople : IQuery<IReadOnlyList<ListPeople.Row>>
{
    public sealed record Row(string Email, string DisplayName, bool IsActive, bool HasPassword, IReadOnlyList<GrantRow> Grants);

    public sealed record GrantRow(Guid Id, Role Role, ApproverQuality? Quality, string? Service, string? Environment, string GivenBy, DateTimeOffset GivenAt, bool IsPending, bool BreaksGlass);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListPeople, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListPeople query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var grants = (await db.Grants.AsNoTracking().Where(grant => grant.RevokedAt == null).OrderBy(grant => grant.GivenAt).ToListAsync(cancellationToken)).ToLookup(grant => grant.Holder);
            var people = await db.Users.AsNoTracking().OrderBy(person => person.DisplayName).ToListAsync(cancellationToken);
            return
            [
                .. people.Select(person => new Row(
                    person.Email!, person.DisplayName, person.LockoutEnd is null || person.LockoutEnd < now, person.PasswordHash is not null,
                    [.. grants[person.Id.ToString()].Select(grant => new GrantRow(
                        grant.Id.Value, grant.Role, grant.Quality, grant.Service, grant.Environment, grant.GivenBy.Name, grant.GivenAt, grant.ConfirmedAt is null, grant.BreaksGlass))])),
            ];
        }
    }
}
