using DeployHub.Domain.Inventory.Signing.Attestations;

namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>A signature with all that is needed to believe it offline, as Sigstore's bundle v0.1 to v0.3 writes it. Refused with <c>bundle.…</c>.</summary>
/// <param name="Certificate">Of the signer, in DER; null when a key signed that is known otherwise.</param>
/// <param name="Timestamps">Answers of time stamp authorities (RFC 3161), in DER.</param>
/// <param name="Message">The signature over a file; null when an envelope was signed.</param>
/// <param name="Envelope">The signed envelope; null when a file was signed.</param>
public sealed record SigstoreBundle(
    BundleVersion Version, byte[]? Certificate, IReadOnlyList<LogEntry> LogEntries, IReadOnlyList<byte[]> Timestamps, MessageSignature? Message, DsseEnvelope? Envelope)
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const string Type = "application/vnd.dev.sigstore.bundle";
    private const int MostOfEach = 16;

    public static Result<SigstoreBundle> Parse(ReadOnlyMemory<byte> bytes) => JsonPlace.Read(bytes, "bundle", "The bundle", Read);

    internal static bool IsOne(JsonPlace document) => document.IsObject && document.Member("mediaType") is { IsText: true } type && type.AsText().StartsWith(Type, StringComparison.Ordinal);

    internal static SigstoreBundle Read(JsonPlace document)
    {
        var version = VersionOf(document);
        var material = document.Member("verificationMaterial") ?? throw document.Refuse("has no verificationMaterial");
        var message = document.Member("messageSignature");
        var envelope = document.Member("dsseEnvelope");
        if (message is null == envelope is null) throw document.Refuse("has to hold either a messageSignature or a dsseEnvelope");

        return new SigstoreBundle(
            version,
            CertificateOf(material),
            [.. Few(material, "tlogEntries").Select(LogEntry.Read)],
            material.Member("timestampVerificationData") is { } stamps ? [.. Few(stamps, "rfc3161Timestamps").Select(stamp => stamp.NeededBytes("signedTimestamp"))] : [],
            message is null ? null : MessageSignature.Read(message),
            envelope is null ? null : DsseEnvelope.Read(envelope));
    }

    private static BundleVersion VersionOf(JsonPlace document) => document.Needed("mediaType") switch
    {
        $"{Type}+json;version=0.1" => BundleVersion.V01,
        $"{Type}+json;version=0.2" => BundleVersion.V02,
        $"{Type}+json;version=0.3" or $"{Type}.v0.3+json" => BundleVersion.V03,
        var other => throw document.Refuse($"is {Words.Beginning(other, 80)}; bundles of v0.1 to v0.3 are read", "version"),
    };

    private static byte[]? CertificateOf(JsonPlace material)
    {
        var single = material.Member("certificate");
        var chain = material.Member("x509CertificateChain");
        var key = material.Member("publicKey");
        if (new[] { single, chain, key }.Count(part => part is not null) != 1) throw material.Refuse("has to hold one of certificate, x509CertificateChain and publicKey");

        if (key is not null) return null;
        return (single ?? Few(chain!, "certificates").FirstOrDefault() ?? throw chain!.Refuse("has no certificate")).NeededBytes("rawBytes");
    }

    private static List<JsonPlace> Few(JsonPlace place, string name)
    {
        var items = place.Items(name).Take(MostOfEach + 1).ToList();
        return items.Count <= MostOfEach ? items : throw place.Refuse($"has more than {MostOfEach} {name}", "size");
    }
}

public enum BundleVersion
{
    V01,
    V02,
    V03,
}

/// <summary>A signature over a file.</summary>
/// <param name="Digest">What the signer says was signed, in SHA-256; null when it does not say, or in another digest.</param>
public sealed record MessageSignature(byte[] Signature, byte[]? Digest)
{
    internal static MessageSignature Read(JsonPlace message) => new(
        message.NeededBytes("signature"),
        message.Member("messageDigest") is { } digest && digest.Text("algorithm") is "SHA2_256" ? digest.NeededBytes("digest") : null);
}
