using System.Security.Cryptography;
using DeployHub.Domain;

namespace DeployHub.Features.Access;

/// <summary>Lets one person in once, to set their password: an invitation, or the first administrator's link. Only its digest is kept.</summary>
public sealed class OneTimeLink
{
    private OneTimeLink() { }

    public Digest TokenDigest { get; private init; }

    /// <summary>Null for the first administrator, who does not exist yet.</summary>
    public Guid? PersonId { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? UsedAt { get; private set; }

    internal static (OneTimeLink Link, string Token) Make(Guid? person, DateTimeOffset expiresAt)
    {
        var token = Secret.New();
        return (new OneTimeLink { TokenDigest = Digest.OfText(token), PersonId = person, ExpiresAt = expiresAt }, token);
    }

    public bool IsValid(DateTimeOffset now) => UsedAt is null && now < ExpiresAt;

    internal void Use(DateTimeOffset at) => UsedAt = at;
}

/// <summary>Tokens nobody can guess: 256 random bits, safe in addresses.</summary>
internal static class Secret
{
    public static string New(string prefix = "") =>
        prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
