using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Who owns a service or an environment: somebody with an account, kept by the e-mail address. What was written before people were looked up stays as it is.</summary>
internal static class OwnerLookups
{
    /// <summary>What is kept for an address or a name that was given.</summary>
    /// <param name="before">What is kept now, and may stay; null for something new.</param>
    public static async Task<Result<string>> FindOwnerAsync(this DeployHubDb db, string given, string? before, Caller caller, CancellationToken cancellationToken)
    {
        var text = given.Trim();
        if (text == before) return text;

        var sought = text.ToUpperInvariant();
        var found = await db.Users.AsNoTracking().Open().Where(person => person.NormalizedEmail == sought || person.DisplayName == text)
            .OrderByDescending(person => person.NormalizedEmail == sought).Select(person => person.Email!).Take(2).ToListAsync(cancellationToken);
        return found switch
        {
            [var only] => only,
            [var first, ..] => first.Equals(text, StringComparison.OrdinalIgnoreCase) ? first : InventoryErrors.SeveralOwners(text),
            _ => caller.Actor.Kind is ActorKind.System ? text : InventoryErrors.NoSuchOwner(text), // what sets an installation up comes before its people
        };
    }

    /// <summary>The name and the address of whoever is kept; no address for what was written freely.</summary>
    public static async Task<(string Name, string? Email)> OwnerAsync(this DeployHubDb db, string kept, CancellationToken cancellationToken)
    {
        var sought = kept.ToUpperInvariant();
        var found = await db.Users.AsNoTracking().Where(person => person.NormalizedEmail == sought)
            .Select(person => new { person.DisplayName, person.Email }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? (kept, null) : (found.DisplayName, found.Email);
    }
}
