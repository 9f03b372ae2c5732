using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>For somebody who has no role yet: whom to ask, and what was given but waits for a second administrator.</summary>
public sealed record WhoGrantsRoles : IQuery<WhoGrantsRoles.Answer>
{
    public sealed record Answer(IReadOnlyList<Administrator> Administrators, IReadOnlyList<Role> Pending);

    public sealed record Administrator(string Name, string Email);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<WhoGrantsRoles, Answer>
    {
        public async ValueTask<Answer> Handle(WhoGrantsRoles query, CancellationToken cancellationToken)
        {
            var holders = await db.Grants.AsNoTracking().Where(grant => grant.Role == Role.Administrator && grant.ConfirmedAt != null && grant.RevokedAt == null)
                .Select(grant => grant.Holder).Distinct().ToListAsync(cancellationToken);
            var ids = holders.Select(Guid.Parse).ToList();
            var administrators = await db.Users.AsNoTracking().Open().Where(person => ids.Contains(person.Id))
                .OrderBy(person => person.DisplayName).Select(person => new Administrator(person.DisplayName, person.Email!)).ToListAsync(cancellationToken);
            var pending = await db.Grants.AsNoTracking().Where(grant => grant.Holder == caller.Actor.Id && grant.ConfirmedAt == null && grant.RevokedAt == null)
                .Select(grant => grant.Role).Distinct().ToListAsync(cancellationToken);
            return new Answer(administrators, pending);
        }
    }
}
