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

    /// <summary>Who they are and what they may do now; null for an account that is closed.</summary>
    public static async Task<WhoIs.Answer?> WhoIsAsync(this DeployHubDb db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holder = id.ToString();
        var found = await db.Users.AsNoTracking()
            .Where(person => person.Id == id && (person.LockoutEnd == null || person.LockoutEnd < now))
            .Select(person => new { person.DisplayName, Grants = db.Grants.Where(grant => grant.Holder == holder && grant.ConfirmedAt != null && grant.RevokedAt == null).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new WhoIs.Answer(new Actor(holder, found.DisplayName), [.. found.Grants.Select(grant => grant.ToRoleGrant())]);
    }
}
