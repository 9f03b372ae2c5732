using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Whom a mail is for, as they are now.</summary>
public sealed record MailReader(string Name, string Address)
{
    /// <summary>Null for whoever left, or may see nothing any more, since the mail was made.</summary>
    public static async Task<MailReader?> FindAsync(DeployHubDb db, Guid person, CancellationToken cancellationToken) =>
        await db.WhoIsAsync(person, cancellationToken) is { } who && PermissionMatrix.Allows(who.Grants.Select(grant => grant.Role), Permission.ViewDeployments)
            ? new MailReader(who.Actor.Name, await db.Users.Where(known => known.Id == person).Select(known => known.Email).SingleAsync(cancellationToken) ?? "")
            : null;
}
