using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>People with accounts, and machines, and what they hold, closed accounts among them: whoever has left may still be named somewhere.</summary>
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

    /// <summary>A machine with a valid token as it stands there; null for one that has none.</summary>
    public static async Task<Colleague?> MachineAsync(
        DeployHubDb db, Actor machine, (IReadOnlyList<string> Services, string Environment) scope, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(machine.Id, out var id)) return null;

        var known = new ApiClientId(id);
        if (await db.ApiClients.AsNoTracking().SingleOrDefaultAsync(one => one.Id == known, cancellationToken) is not { } client || !client.IsValid(at)) return null;

        var staff = await ReadAsync(db, [machine.Id], cancellationToken);
        return new Colleague(machine, "", staff.RolesOf(machine.Id, scope.Services, scope.Environment), []);
    }

    /// <summary>As they stand for what moves components of these services into that environment.</summary>
    public IReadOnlyList<Colleague> Around(IReadOnlyList<string> services, string environment) =>
    [
        .. _people.Select(person => new Colleague(
            new Actor(person.Id.ToString(), person.DisplayName), person.Email ?? "",
            RolesOf(person.Id.ToString(), services, environment), [.. _qualifications[person.Id.ToString()]], person.IsClosed)),
    ];

    private IReadOnlyCollection<Role> RolesOf(string holder, IReadOnlyList<string> services, string environment) =>
        _grants[holder].ToList().RolesThroughout(services, environment);
}
