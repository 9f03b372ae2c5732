using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Accounts are found and made the way the framework's sign-in expects them.</summary>
internal static class People
{
    public static Person New(string email, string displayName) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = email.Trim(),
        NormalizedUserName = email.Trim().ToUpperInvariant(),
        Email = email.Trim(),
        NormalizedEmail = email.Trim().ToUpperInvariant(),
        EmailConfirmed = true,
        DisplayName = displayName.Trim(),
        LockoutEnabled = true,
        SecurityStamp = Secret.New(),
    };

    public static Task<Person?> FindPersonAsync(this DeployHubDb db, string email, CancellationToken cancellationToken)
    {
        var normalized = email.Trim().ToUpperInvariant();
        return db.Users.SingleOrDefaultAsync(person => person.NormalizedEmail == normalized, cancellationToken);
    }

    /// <summary>Those whose account is not closed, as <see cref="Person.IsClosed"/> has it.</summary>
    public static IQueryable<Person> Open(this IQueryable<Person> people) => people.Where(person => person.LockoutEnd == null || person.LockoutEnd < DateTimeOffset.MaxValue);

    /// <summary>Of two that change what belongs to one account at once, the second waits.</summary>
    public static Task LockPersonAsync(this DeployHubDb db, Guid id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select 1 from people where id = {id} for no key update", cancellationToken);

    /// <summary>Ends every token of theirs, for good.</summary>
    public static Task RevokeTokensAsync(this DeployHubDb db, Person person, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var holder = person.Id.ToString();
        return db.PersonalTokens.Where(token => token.Holder == holder && token.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedBy, by).SetProperty(token => token.RevokedAt, at), cancellationToken);
    }

    /// <summary>Who they are and what they may do now; null for an account that is closed.</summary>
    public static async Task<WhoIs.Answer?> WhoIsAsync(this DeployHubDb db, Guid id, CancellationToken cancellationToken)
    {
        var holder = id.ToString();
        var found = await db.Users.AsNoTracking().Open().Where(person => person.Id == id)
            .Select(person => new { person.DisplayName, Grants = db.Grants.Where(grant => grant.Holder == holder && grant.ConfirmedAt != null && grant.RevokedAt == null).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new WhoIs.Answer(new Actor(holder, found.DisplayName), [.. found.Grants.Select(grant => grant.ToRoleGrant())]);
    }
}
