using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>Whose signatures a trusted key is for.</summary>
public enum TrustedKeyKind
{
    Minisign,
    OpenPgp,

    /// <summary>A public key in PEM, as cosign and DSSE use it: ECDSA P-256 or P-384, Ed25519, RSA.</summary>
    Pem,

    /// <summary>A Sigstore <c>trusted_root.json</c>: the authorities whose certificates name a signer for minutes, and the logs that hold what they signed.</summary>
    SigstoreRoot,
}

/// <summary>Whether what a key signs is believed.</summary>
public enum TrustedKeyState
{
    NotYet,
    Trusted,
    Ended,
    Revoked,
}

/// <summary>A public key whose signatures over artefacts are believed: for some services or all, from a day on, until it is revoked.</summary>
public sealed class TrustedKey
{
    /// <summary>Characters of a public key's text.</summary>
    public const int LongestPublicKey = 64 * 1024;

    private TrustedKey() { }

    public TrustedKeyId Id { get; private init; }

    public string Key { get; private init; } = "";

    public string Name { get; private init; } = "";

    public TrustedKeyKind Kind { get; private init; }

    /// <summary>As its owner publishes it. Never changes: another key is another record.</summary>
    public string PublicKey { get; private init; } = "";

    /// <summary>Upper-case hexadecimal: the key id that minisign shows, the fingerprint of the OpenPGP primary key, or the SHA-256 of a PEM key's SubjectPublicKeyInfo or of a trusted root's JSON, written without spaces.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>Keys of the services it may sign for; empty for all.</summary>
    public IReadOnlyList<string> Services { get; private init; } = [];

    public DateTimeOffset ValidFrom { get; private init; }

    /// <summary>The first moment at which it is not believed any more; null for no end.</summary>
    public DateTimeOffset? ValidUntil { get; private init; }

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <summary>Why nothing it signed is believed any more; null while it is.</summary>
    public string? RevocationReason { get; private set; }

    public Actor? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static Result<TrustedKey> Register(
        string key, string name, TrustedKeyKind kind, string publicKey, string fingerprint, IReadOnlyList<string> services, DateTimeOffset? validFrom, DateTimeOffset? validUntil, Actor by, DateTimeOffset at)
    {
        var from = validFrom ?? at;
        if (validUntil <= from) return Error.Invalid("trusted-key.never-valid", "ValidUntil", "The key would end before it begins to be valid. Choose a later end, or none.");

        return new TrustedKey
        {
            Id = TrustedKeyId.New(),
            Key = key,
            Name = name,
            Kind = kind,
            PublicKey = publicKey,
            Fingerprint = fingerprint,
            Services = services,
            ValidFrom = from,
            ValidUntil = validUntil,
            RegisteredBy = by,
            RegisteredAt = at,
        };
    }

    /// <summary>For good, whatever it signed before. Revoking twice keeps the first reason.</summary>
    public Result Revoke(string reason, Actor by, DateTimeOffset at)
    {
        if (RevokedAt is not null) return InventoryErrors.AlreadyRevoked(Key);

        (RevocationReason, RevokedBy, RevokedAt) = (reason, by, at);
        return Result.Success;
    }

    public TrustedKeyState StateAt(DateTimeOffset at) =>
        RevokedAt is not null ? TrustedKeyState.Revoked
        : at < ValidFrom ? TrustedKeyState.NotYet
        : at >= ValidUntil ? TrustedKeyState.Ended
        : TrustedKeyState.Trusted;

    /// <summary>Why its signatures do not count for a service now, in a sentence; null when they do.</summary>
    public string? ObjectionTo(string service, DateTimeOffset at) => StateAt(at) switch
    {
        TrustedKeyState.Revoked => $"the key {Key} was revoked on {RevokedAt:yyyy-MM-dd} ({RevocationReason}); sign again with a key that is trusted now",
        TrustedKeyState.NotYet => $"the key {Key} is trusted only from {ValidFrom:u} on",
        TrustedKeyState.Ended => $"the key {Key} was trusted until {ValidUntil:u}; sign again with a key that is trusted now",
        _ => Services.Count > 0 && !Services.Contains(service) ? $"the key {Key} may sign for {string.Join(", ", Services)}, and this belongs to {service}" : null,
    };
}
