using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>People with accounts and what they hold, closed accounts among them: whoever has left may still be named somewhere.</summary>
internal sealed class KnownStaff
{
    private readonly IReadOnlyList<Person> _people;
    private readonly ILookup<string, RoleGrant> _grants;
    private readonly ILookup<string, Qualification> _qualifications;

    private KnownStaff(IReadOnlyList<Person> people, ILookup<string, RoleGrant> grants, ILookup<string, Qualification> qualifications) =>
        (_people, _grants, _qualifications) = (people, grants, qualifications);

    /// <param name="holders">The accounts wanted; null for all of them.</param>
    public static async Task<KnownStaff> ReadAsync(DeployHubDb db, IReadOnlyCollection<string>? holders, CancellationToken cancellationToken)
    {
        var ids = holders?.Where(holder => Guid.TryParse(holder, out _)).Select(Guid.Parse).ToList();
        var people = await db.Users.AsNoTracking().Where(person => ids == null || ids.Contains(person.Id)).OrderBy(person => person.DisplayName).ThenBy(person => person.Id).ToListAsync(cancellationToken);
        var grants = await db.Grants.AsNoTracking().Where(grant => grant.ConfirmedAt != null && grant.RevokedAt == null && (holders == null || holders.Contains(grant.Holder))).ToListAsync(cancellationToken);
        var qualifications = await db.Qualifications.AsNoTracking().Where(held => held.EndedAt == null && (holders == null || holders.Contains(held.Holder))).ToListAsync(cancellationToken);
        return new KnownStaff(people, grants.ToLookup(grant => grant.Holder, grant => grant.ToRoleGrant()), qualifications.ToLookup(held => held.Holder));
    }

    /// <summary>As they stand for that service and environment.</summary>
    public IReadOnlyList<Colleague> Around(string service, string environment) =>
    [
        .. _people.Select(person => new Colleague(
            new Actor(person.Id.ToString(), person.DisplayName), person.Email ?? "",
            [.. _grants[person.Id.ToString()].Where(grant => grant.Covers(service, environment)).Select(grant => grant.Role).Distinct()], [.. _qualifications[person.Id.ToString()]], person.IsClosed)),
    ];
}
