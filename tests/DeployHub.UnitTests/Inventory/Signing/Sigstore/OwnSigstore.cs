using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Inventory.Signing.Sigstore;
using DeployHub.Features.Inventory.Signing;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;

namespace DeployHub.UnitTests.Inventory.Signing.Sigstore;

/// <summary>How a bundle is made; each member is one thing that may be wrong.</summary>
internal sealed record Making
{
    public string Subject { get; init; } = OwnSigstore.Subject;
    public DateTimeOffset CertifiedAt { get; init; } = Samples.Now.AddDays(-1);
    public DateTimeOffset LoggedAt { get; init; } = Samples.Now.AddDays(-1).AddMinutes(2);
    public DateTimeOffset? StampedAt { get; init; }
    public bool IsPromised { get; init; } = true;
    public bool IsProven { get; init; } = true;
    public bool HasCertificateTimestamp { get; init; } = true;
    public string Purpose { get; init; } = "1.3.6.1.5.5.7.3.3";
    public string? Source { get; init; }
    public string? Ref { get; init; }
    public bool IsRekor2 { get; init; }
    public string Version { get; init; } = "application/vnd.dev.sigstore.bundle.v0.3+json";
}

/// <summary>An own Fulcio, Rekor, log of certificates and time stamp authority, of the base library and, for stamps, of BouncyCastle.</summary>
internal sealed class OwnSigstore
{
    public const string Subject = "https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v1.0.0";
    public const string Issuer = "https://token.actions.githubusercontent.com";

    private readonly ECDsa _log = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _certificates = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root = Authority("CN=own-root");
    private readonly X509Certificate2 _stamps;

    public OwnSigstore() => _stamps = Stamping(_root);

    public TrustedKey Trusted(string? root = null)
    {
        var text = root ?? Root().ToJsonString();
        return TrustedKey.Register("own", "Own Sigstore", TrustedKeyKind.SigstoreRoot, text, PublicKeys.FingerprintOf(TrustedKeyKind.SigstoreRoot, text, Samples.Now).Value, [], Samples.Now.AddDays(-30), null, Actor.System, Samples.Now.AddDays(-30)).Value;
    }

    public JsonObject Root() => new()
    {
        ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        ["tlogs"] = new JsonArray(Log("https://rekor.own", _log)),
        ["certificateAuthorities"] = new JsonArray(Chain(_root)),
        ["ctlogs"] = new JsonArray(Log("https://ct.own", _certificates)),
        ["timestampAuthorities"] = new JsonArray(Chain(_stamps, _root)),
    };

    public JsonObject SignFile(byte[] content, Making? making = null)
    {
        making ??= new Making();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Certify(key, making);
        var signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var body = making.IsRekor2 ? Rekor2(content, signature, certificate) : new JsonObject
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "hashedrekord",
            ["spec"] = new JsonObject
            {
                ["data"] = new JsonObject { ["hash"] = new JsonObject { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(content)) } },
                ["signature"] = new JsonObject { ["content"] = Base64(signature), ["publicKey"] = new JsonObject { ["content"] = Pem(certificate) } },
            },
        };
        var bundle = Bundle(making, certificate, signature, Entry("hashedrekord", body, making));
        bundle["messageSignature"] = new JsonObject { ["messageDigest"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Base64(SHA256.HashData(content)) }, ["signature"] = Base64(signature) };
        return bundle;
    }

    public JsonObject SignStatement(string statement, Making? making = null)
    {
        making ??= new Making();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Certify(key, making);
        var payload = Encoding.UTF8.GetBytes(statement);
        var signature = key.SignData(new DsseEnvelope(InTotoStatement.PayloadType, payload, []).Signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var body = new JsonObject
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "dsse",
            ["spec"] = new JsonObject
            {
                ["payloadHash"] = new JsonObject { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(payload)) },
                ["signatures"] = new JsonArray(new JsonObject { ["signature"] = Base64(signature), ["verifier"] = Pem(certificate) }),
            },
        };
        var bundle = Bundle(making, certificate, signature, Entry("dsse", body, making));
        bundle["dsseEnvelope"] = new JsonObject { ["payload"] = Base64(payload), ["payloadType"] = InTotoStatement.PayloadType, ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Base64(signature) }) };
        return bundle;
    }

    private static JsonObject Rekor2(byte[] content, byte[] signature, X509Certificate2 certificate) => new()
    {
        ["apiVersion"] = "0.0.2",
        ["kind"] = "hashedrekord",
        ["spec"] = new JsonObject
        {
            ["hashedRekordV002"] = new JsonObject
            {
                ["data"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Base64(SHA256.HashData(content)) },
                ["signature"] = new JsonObject { ["content"] = Base64(signature), ["verifier"] = new JsonObject { ["x509Certificate"] = new JsonObject { ["rawBytes"] = Base64(certificate.RawData) } } },
            },
        },
    };

    private JsonObject Bundle(Making making, X509Certificate2 certificate, byte[] signature, JsonObject entry) => new()
    {
        ["mediaType"] = making.Version,
        ["verificationMaterial"] = new JsonObject
        {
            ["certificate"] = new JsonObject { ["rawBytes"] = Base64(certificate.RawData) },
            ["tlogEntries"] = new JsonArray(entry),
            ["timestampVerificationData"] = new JsonObject { ["rfc3161Timestamps"] = making.StampedAt is { } at ? new JsonArray(new JsonObject { ["signedTimestamp"] = Base64(Stamp(signature, at)) }) : [] },
        },
    };

    /// <summary>In a tree of two leaves, the entry first.</summary>
    private JsonObject Entry(string kind, JsonObject body, Making making)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var id = SHA256.HashData(_log.ExportSubjectPublicKeyInfo());
        var other = SHA256.HashData("another leaf"u8);
        var root = MerkleTree.Parent(MerkleTree.LeafHash(bytes), other);
        var seconds = making.LoggedAt.ToUnixTimeSeconds();
        var entry = new JsonObject
        {
            ["logIndex"] = "7",
            ["logId"] = new JsonObject { ["keyId"] = Base64(id) },
            ["kindVersion"] = new JsonObject { ["kind"] = kind, ["version"] = body["apiVersion"]!.DeepClone() },
            ["integratedTime"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["canonicalizedBody"] = Base64(bytes),
        };
        if (making.IsPromised)
        {
            var promise = Encoding.UTF8.GetBytes($$"""{"body":"{{Base64(bytes)}}","integratedTime":{{seconds}},"logID":"{{Convert.ToHexStringLower(id)}}","logIndex":7}""");
            entry["inclusionPromise"] = new JsonObject { ["signedEntryTimestamp"] = Base64(_log.SignData(promise, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) };
        }

        if (making.IsProven)
        {
            var note = $"rekor.own - 1\n2\n{Base64(root)}\n";
            var signed = _log.SignData(Encoding.UTF8.GetBytes(note), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            entry["inclusionProof"] = new JsonObject
            {
                ["logIndex"] = "0",
                ["rootHash"] = Base64(root),
                ["treeSize"] = "2",
                ["hashes"] = new JsonArray(Base64(other)),
                ["checkpoint"] = new JsonObject { ["envelope"] = $"{note}\n— rekor.own {Base64([.. id[..4], .. signed])}\n" },
            };
        }

        return entry;
    }

    private X509Certificate2 Certify(ECDsa key, Making making)
    {
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        serial[0] |= 1;
        var without = Given(key, making, serial, null);
        return making.HasCertificateTimestamp ? Given(key, making, serial, Timestamps(without, making.CertifiedAt)) : without;
    }

    private X509Certificate2 Given(ECDsa key, Making making, byte[] serial, byte[]? timestamps)
    {
        var request = new CertificateRequest("", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(making.Subject));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (making.Purpose.Length > 0) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(making.Purpose)], critical: false));
        request.CertificateExtensions.Add(names.Build(critical: true));
        foreach (var (extension, text) in new (string, string?)[] { ("1.3.6.1.4.1.57264.1.8", Issuer), ("1.3.6.1.4.1.57264.1.12", making.Source), ("1.3.6.1.4.1.57264.1.14", making.Ref) })
        {
            if (text is null) continue;
            var written = new AsnWriter(AsnEncodingRules.DER);
            written.WriteCharacterString(UniversalTagNumber.UTF8String, text);
            request.CertificateExtensions.Add(new System.Security.Cryptography.X509Certificates.X509Extension(extension, written.Encode(), critical: false));
        }

        if (timestamps is not null) request.CertificateExtensions.Add(new System.Security.Cryptography.X509Certificates.X509Extension("1.3.6.1.4.1.11129.2.4.2", timestamps, critical: false));
        return request.Create(_root, making.CertifiedAt, making.CertifiedAt.AddMinutes(10), serial);
    }

    private byte[] Timestamps(X509Certificate2 without, DateTimeOffset at)
    {
        var body = new AsnReader(without.RawData, AsnEncodingRules.DER).ReadSequence().ReadEncodedValue().ToArray();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        byte[] entry = [0, 0, .. time, 0, 1, .. SHA256.HashData(_root.PublicKey.ExportSubjectPublicKeyInfo()), 0, (byte)(body.Length >> 8), (byte)body.Length, .. body, 0, 0];
        var signature = _certificates.SignData(entry, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        byte[] timestamp = [0, .. SHA256.HashData(_certificates.ExportSubjectPublicKeyInfo()), .. time, 0, 0, 4, 3, 0, (byte)signature.Length, .. signature];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString([0, (byte)(timestamp.Length + 2), 0, (byte)timestamp.Length, .. timestamp]);
        return writer.Encode();
    }

    private byte[] Stamp(byte[] stamped, DateTimeOffset at)
    {
        var key = PrivateKeyFactory.CreateKey(_stamps.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey());
        var certificate = new Org.BouncyCastle.X509.X509Certificate(_stamps.RawData);
        var tokens = new TimeStampTokenGenerator(key, certificate, TspAlgorithms.Sha256, "1.2.3.4");
        tokens.SetCertificates(CollectionUtilities.CreateStore([certificate]));
        var request = new TimeStampRequestGenerator().Generate(TspAlgorithms.Sha256, SHA256.HashData(stamped));
        return new TimeStampResponseGenerator(tokens, TspAlgorithms.Allowed).Generate(request, Org.BouncyCastle.Math.BigInteger.One, at.UtcDateTime).GetEncoded();
    }

    private static X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(Samples.Now.AddYears(-1), Samples.Now.AddYears(1));
    }

    private static X509Certificate2 Stamping(X509Certificate2 root)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=own-stamps", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(KeyPurposeID.id_kp_timeStamping.Id)], critical: true));
        using var given = request.Create(root, Samples.Now.AddMonths(-6), Samples.Now.AddMonths(6), [1, 2, 3]);
        return given.CopyWithPrivateKey(key);
    }

    private static JsonNode Log(string uri, ECDsa key) => new JsonObject
    {
        ["baseUrl"] = uri,
        ["hashAlgorithm"] = "SHA2_256",
        ["publicKey"] = new JsonObject { ["rawBytes"] = Base64(key.ExportSubjectPublicKeyInfo()), ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256", ["validFor"] = new JsonObject { ["start"] = "2026-01-01T00:00:00Z" } },
        ["logId"] = new JsonObject { ["keyId"] = Base64(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) },
    };

    private static JsonNode Chain(params X509Certificate2[] chain) => new JsonObject
    {
        ["uri"] = "https://own",
        ["certChain"] = new JsonObject { ["certificates"] = new JsonArray([.. chain.Select(one => new JsonObject { ["rawBytes"] = Base64(one.RawData) })]) },
        ["validFor"] = new JsonObject { ["start"] = "2026-01-01T00:00:00Z" },
    };

    private static string Pem(X509Certificate2 certificate) => Base64(Encoding.UTF8.GetBytes(certificate.ExportCertificatePem() + "\n"));

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
