using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>A public key as X.509 writes it (SubjectPublicKeyInfo): of PEM files, certificates and transparency logs.</summary>
internal sealed class SigningKey
{
    private const int FewestRsaBits = 2048;
    private const int MostRsaBits = 16384;

    private readonly Func<byte[], SignedMessage, bool> _made;

    private SigningKey(byte[] info, string algorithm, Func<byte[], SignedMessage, bool> made) => (Info, Algorithm, _made) = (info, algorithm, made);

    /// <summary>In DER.</summary>
    public byte[] Info { get; }

    /// <summary>In the field's words, such as “ECDSA P-256”.</summary>
    public string Algorithm { get; }

    public bool IsEd25519 => Algorithm == "Ed25519";

    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Info));

    /// <summary>Null when it is no key, or one of which nobody should believe a signature.</summary>
    public static SigningKey? Read(byte[] info) => OpenPgpRules.Tried(() =>
    {
        var key = PublicKey.CreateFromSubjectPublicKeyInfo(info, out var length);
        return length != info.Length ? null : key.Oid.Value switch
        {
            "1.2.840.10045.2.1" => Ecdsa(key, info),
            "1.2.840.113549.1.1.1" => Rsa(key, info),
            "1.3.101.112" => EdDsa(key.EncodedKeyValue.RawData, info),
            _ => null,
        };
    });

    /// <summary>Whatever the signature's bytes are, the answer is yes or no.</summary>
    public bool Made(byte[] signature, SignedMessage message) => OpenPgpRules.Tried(() => _made(signature, message));

    private static SigningKey? Ecdsa(PublicKey key, byte[] info)
    {
        using var curve = key.GetECDsaPublicKey();
        return curve?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => new SigningKey(info, "ECDSA P-256", (signature, message) => Holds(signature, message.Sha256)),
            "1.3.132.0.34" => new SigningKey(info, "ECDSA P-384", (signature, message) => Holds(signature, message.Sha384) || Holds(signature, message.Sha256)), // cosign signs SHA-256 with every curve
            _ => null,
        };

        bool Holds(byte[] signature, byte[] hash)
        {
            using var ecdsa = key.GetECDsaPublicKey()!;
            return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    private static SigningKey? Rsa(PublicKey key, byte[] info)
    {
        using var modulus = key.GetRSAPublicKey();
        return modulus?.KeySize is >= FewestRsaBits and <= MostRsaBits and var bits ? new SigningKey(info, $"RSA {bits}", Holds) : null;

        bool Holds(byte[] signature, SignedMessage message)
        {
            using var rsa = key.GetRSAPublicKey()!;
            return new[] { (message.Sha256, HashAlgorithmName.SHA256), (message.Sha384, HashAlgorithmName.SHA384), (message.Sha512, HashAlgorithmName.SHA512) }
                .Any(hash => rsa.VerifyHash(hash.Item1, signature, hash.Item2, RSASignaturePadding.Pkcs1) || rsa.VerifyHash(hash.Item1, signature, hash.Item2, RSASignaturePadding.Pss));
        }
    }

    private static SigningKey? EdDsa(byte[] point, byte[] info)
    {
        return point.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFull(point, 0) ? new SigningKey(info, "Ed25519", Holds) : null;

        // Logs that keep digests only need the form that signs the SHA-512 (Ed25519ph).
        bool Holds(byte[] signature, SignedMessage message) => signature.Length == Ed25519.SignatureSize && (
            (message.Whole is { } whole && Ed25519.Verify(signature, 0, point, 0, whole, 0, whole.Length))
            || Ed25519.VerifyPrehash(signature, 0, point, 0, [], message.Sha512, 0));
    }
}
