using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>What no OpenPGP signature may do, whoever made it: neither one over an artefact nor one inside a key.</summary>
internal static class OpenPgpRules
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly HashSet<SignatureSubpacketTag> Understood =
    [
        SignatureSubpacketTag.CreationTime, SignatureSubpacketTag.ExpireTime, SignatureSubpacketTag.KeyExpireTime, SignatureSubpacketTag.IssuerKeyId,
        SignatureSubpacketTag.IssuerFingerprint, SignatureSubpacketTag.KeyFlags, SignatureSubpacketTag.PreferredSymmetricAlgorithms,
        SignatureSubpacketTag.PreferredHashAlgorithms, SignatureSubpacketTag.PreferredCompressionAlgorithms, SignatureSubpacketTag.Features,
        SignatureSubpacketTag.KeyServerPreferences, SignatureSubpacketTag.PrimaryUserId, SignatureSubpacketTag.EmbeddedSignature,
        SignatureSubpacketTag.RevocationReason, SignatureSubpacketTag.SignerUserId, SignatureSubpacketTag.Exportable, SignatureSubpacketTag.PreferredAeadAlgorithms,
    ];

    /// <summary>The words after “uses”; null when the digest is strong enough.</summary>
    public static string? WeakDigest(PgpSignature signature) => signature.HashAlgorithm switch
    {
        HashAlgorithmTag.Sha256 or HashAlgorithmTag.Sha384 or HashAlgorithmTag.Sha512 or HashAlgorithmTag.Sha3_256 or HashAlgorithmTag.Sha3_512 => null,
        HashAlgorithmTag.MD5 => "MD5",
        HashAlgorithmTag.Sha1 => "SHA-1",
        var other => $"the digest {other}",
    };

    /// <summary>RFC 9580 §5.2.3.7: a critical part that is not understood makes the signature void.</summary>
    public static bool HasUnknownCriticalPart(PgpSignature signature) =>
        signature.GetHashedSubPackets()?.ToArray().Any(part => part.IsCritical() && !Understood.Contains(part.SubpacketType)) == true;

    /// <summary>Made neither in a way that proves nothing nor in the future, and not over by its own word.</summary>
    public static bool IsSound(PgpSignature signature, DateTimeOffset at) =>
        signature.Version == 4 && WeakDigest(signature) is null && !HasUnknownCriticalPart(signature) && Moment(signature.CreationTime) <= at + ClockSkew && !(EndOf(signature) <= at);

    /// <summary>Null when it has none.</summary>
    public static DateTimeOffset? EndOf(PgpSignature signature) =>
        signature.GetHashedSubPackets()?.GetSignatureExpirationTime() is > 0 and var seconds ? Moment(signature.CreationTime).AddSeconds(seconds) : null;

    public static DateTimeOffset Moment(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    /// <summary>
    /// Runs code of the library on bytes that anybody may have written. The library says no by exceptions of a dozen types, also by index or
    /// cast, so each means the same: null. What it reads is bounded and in memory.
    /// </summary>
    public static T? Tried<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            return null;
        }
    }

    public static bool Tried(Func<bool> holds) => Tried(() => holds() ? "" : null) is not null;
}
