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
}
