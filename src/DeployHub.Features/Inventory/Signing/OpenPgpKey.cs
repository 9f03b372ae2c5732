using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>
/// A public key with its subkeys. What its owner says of it counts only where the primary key signed it: which subkeys belong to it and may
/// sign, until when, and what is revoked.
/// </summary>
internal sealed class OpenPgpKey
{
    private const int FewestBits = 2048;

    private readonly PgpPublicKeyRing _ring;
    private readonly PgpPublicKey _primary;

    private OpenPgpKey(PgpPublicKeyRing ring) => (_ring, _primary) = (ring, ring.GetPublicKey());

    /// <summary>Of the primary key, in upper case.</summary>
    public string Fingerprint => Convert.ToHexString(_primary.GetFingerprint());

    /// <summary>Refused with <c>trusted-key.malformed</c> or, when it can sign nothing, <c>trusted-key.unusable</c>.</summary>
    public static Result<OpenPgpKey> Parse(string text, DateTimeOffset at)
    {
        var key = Read(text);
        if (key is null) return Error.Invalid("trusted-key.malformed", "PublicKey", "This is no OpenPGP public key of one owner. Paste the text of gpg --armor --export --export-options export-minimal, without a photograph.");

        var objections = key._ring.GetPublicKeys().Select(part => key.ObjectionTo(part, at)).ToList();
        return objections.Contains(null) ? key : Error.Invalid("trusted-key.unusable", "PublicKey", $"Nothing can be signed with this key: {objections[0]}.");
    }

    /// <summary>Null when the text is no key.</summary>
    public static OpenPgpKey? Read(string text)
    {
        if (text.Length > TrustedKey.LongestPublicKey || Armor.Read(text, Armor.PublicKey) is not { } bytes) return null;
        if (Packets.Tags(bytes, Packets.OfKey) is not [Packets.PublicKey, ..] tags || tags.Count(tag => tag == Packets.PublicKey) != 1) return null;

        return OpenPgpRules.Tried(() => new OpenPgpKey(new PgpPublicKeyRing(bytes)) is { _primary: { IsMasterKey: true, Version: 4 } } key && key.Fingerprint.Length == 40 ? key : null);
    }

    public PgpPublicKey? Part(long keyId) => OpenPgpRules.Tried(() => _ring.GetPublicKey(keyId));

    public static string FingerprintOf(PgpPublicKey part) => Convert.ToHexString(part.GetFingerprint());

    /// <summary>Why what this part signed does not count, in words; null when it does.</summary>
    public string? ObjectionTo(PgpPublicKey part, DateTimeOffset at)
    {
        string? objection = null;
        return OpenPgpRules.Tried(() =>
        {
            objection = Objection(part, at);
            return true;
        }) ? objection : "it cannot be read";
    }

    private string? Objection(PgpPublicKey part, DateTimeOffset at)
    {
        var name = $"the OpenPGP key {FingerprintOf(part)}";
        if (IsWeak(part)) return $"{name} is too short; use Ed25519 or at least {FewestBits} bits";
        if (IsRevoked(_primary) || IsRevoked(part)) return $"{name} is revoked by its owner; use another";
        if (NewestSelfSignature(_primary, at) is not { } self) return $"{name} has no signature of its own that holds, with a digest better than SHA-1; renew it";
        if (Ended(_primary, self, at) is { } ended) return $"{name} expired on {ended:yyyy-MM-dd}; use another, or prolong it and register it again";
        if (part.IsMasterKey) return MaySign(self, part) ? null : $"{name} is not meant for signing; sign with a subkey";

        if (NewestBinding(part, at) is not { } binding) return $"{name} is not bound to its primary key by signatures that hold";
        if (Ended(part, binding, at) is { } subkeyEnded) return $"{name} expired on {subkeyEnded:yyyy-MM-dd}; use another, or prolong it and register it again";
        return MaySign(binding, part) && SignedBack(binding, part, at) ? null : $"{name} is not meant for signing";
    }

    private static bool IsWeak(PgpPublicKey part) =>
        part.Algorithm is PublicKeyAlgorithmTag.RsaGeneral or PublicKeyAlgorithmTag.RsaSign or PublicKeyAlgorithmTag.RsaEncrypt or PublicKeyAlgorithmTag.Dsa && part.BitStrength < FewestBits;

    /// <summary>Also by a signature with a weak digest: a doubt about a revocation is no reason to trust.</summary>
    private bool IsRevoked(PgpPublicKey part) =>
        part.IsMasterKey
            ? part.GetSignaturesOfType(PgpSignature.KeyRevocation).Any(signature => Holds(signature, () => signature.VerifyCertification(part)))
            : part.GetSignaturesOfType(PgpSignature.SubkeyRevocation).Any(signature => Holds(signature, () => signature.VerifyCertification(_primary, part)));

    private PgpSignature? NewestSelfSignature(PgpPublicKey primary, DateTimeOffset at) =>
        primary.GetUserIds().Where(id => !IsRevoked(primary, id)).SelectMany(id => primary.GetSignaturesForId(id).Where(signature => signature.IsCertification() && signature.KeyId == primary.KeyId && Sound(signature, at, () => signature.VerifyCertification(id, primary))))
            .Concat(primary.GetSignaturesOfType(PgpSignature.DirectKey).Where(signature => Sound(signature, at, () => signature.VerifyCertification(primary))))
            .MaxBy(signature => signature.CreationTime);

    private PgpSignature? NewestBinding(PgpPublicKey part, DateTimeOffset at) =>
        part.GetSignaturesOfType(PgpSignature.SubkeyBinding).Where(signature => Sound(signature, at, () => signature.VerifyCertification(_primary, part))).MaxBy(signature => signature.CreationTime);

    private bool IsRevoked(PgpPublicKey primary, string id) => primary.GetSignaturesForId(id)
        .Any(signature => signature.SignatureType == PgpSignature.CertificationRevocation && signature.KeyId == primary.KeyId && Holds(signature, () => signature.VerifyCertification(id, primary)));

    private bool Sound(PgpSignature signature, DateTimeOffset at, Func<bool> verify) => OpenPgpRules.IsSound(signature, at) && Holds(signature, verify);

    private bool Holds(PgpSignature signature, Func<bool> verify) => OpenPgpRules.Tried(() =>
    {
        signature.InitVerify(_primary);
        return verify();
    });

    private static DateTimeOffset? Ended(PgpPublicKey part, PgpSignature self, DateTimeOffset at)
    {
        var seconds = self.GetHashedSubPackets().GetKeyExpirationTime();
        if (seconds <= 0) return null;
        var end = OpenPgpRules.Moment(part.CreationTime).AddSeconds(seconds);
        return at >= end ? end : null;
    }

    private static bool MaySign(PgpSignature self, PgpPublicKey part)
    {
        const int signs = 2; // RFC 9580 §5.2.3.29
        var flags = self.GetHashedSubPackets();
        return flags.HasSubpacket(SignatureSubpacketTag.KeyFlags) ? (flags.GetKeyFlags() & signs) != 0 : part.IsMasterKey;
    }

    /// <summary>The subkey says that it belongs to the primary key: else somebody could adopt another's.</summary>
    private bool SignedBack(PgpSignature binding, PgpPublicKey part, DateTimeOffset at)
    {
        var embedded = new[] { binding.GetHashedSubPackets(), binding.GetUnhashedSubPackets() }.Where(parts => parts is not null).Select(parts => parts.GetEmbeddedSignatures())
            .SelectMany(list => Enumerable.Range(0, list.Count).Select(index => list[index]));
        return embedded.Any(signature => signature.SignatureType == PgpSignature.PrimaryKeyBinding && OpenPgpRules.IsSound(signature, at) && OpenPgpRules.Tried(() =>
        {
            signature.InitVerify(part);
            return signature.VerifyCertification(_primary, part);
        }));
    }
}
