using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Everybody who may see anything now, with what they may: whoever left, or lost their roles, is told nothing.</summary>
internal sealed class Accounts(IReadOnlyDictionary<string, Accounts.Account> byId)
{
    public IEnumerable<Account> All => byId.Values;

    /// <summary>Null for a machine, for DeployHub itself, and for whoever may see nothing.</summary>
    public Account? Of(string id) => byId.GetValueOrDefault(id);

    /// <summary>Who holds such a role for one of the services there.</summary>
    public IEnumerable<string> With(Func<RoleGrant, bool> isWanted, IReadOnlyCollection<string> services, string? environment) =>
        All.Where(account => account.Grants.Any(grant => isWanted(grant) && grant.ReachesAny(services, environment))).Select(account => account.Key);

    public sealed record Account(Guid Id, string Name, IReadOnlyList<RoleGrant> Grants)
    {
        public string Key => Id.ToString();

        public bool May(Permission permission) => PermissionMatrix.Allows(Grants.Select(grant => grant.Role), permission);
    }
}

internal static class AccountLookups
{
    public static async Task<Accounts> AccountsAsync(this DeployHubDb db, CancellationToken cancellationToken)
    {
        var active = await db.Grants.AsNoTracking().Where(grant => grant.ConfirmedAt != null && grant.RevokedAt == null).ToListAsync(cancellationToken);
        var grants = active.ToLookup(grant => grant.Holder, grant => grant.ToRoleGrant());
        var people = await db.Users.AsNoTracking().Open().Select(person => new { person.Id, person.DisplayName }).ToListAsync(cancellationToken);
        return new Accounts(people.Select(person => new Accounts.Account(person.Id, person.DisplayName, [.. grants[person.Id.ToString()]]))
            .Where(account => account.May(Permission.ViewDeployments)).ToDictionary(account => account.Key));
    }

    /// <summary>The account of the caller; null for a program with a key of its own, and for DeployHub itself.</summary>
    public static Guid? PersonId(this Caller caller) => caller.Actor.Kind is ActorKind.Person && Guid.TryParse(caller.Actor.Id, out var id) ? id : null;
}
