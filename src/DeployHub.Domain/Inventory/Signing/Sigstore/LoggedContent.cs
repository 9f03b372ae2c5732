using System.Security.Cryptography;
using System.Text;

namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>What a log entry's body says was signed, and how. Refused with <c>bundle.…</c>.</summary>
/// <param name="IsOverPayload">The digest is that of an envelope's payload, not that of the signed bytes.</param>
/// <param name="Digest">SHA-256.</param>
public sealed record LoggedContent(bool IsOverPayload, byte[] Digest, IReadOnlyList<LoggedSignature> Signatures)
{
    /// <summary>Bytes; a certificate needs a quarter of it. Looking for the ends of PEM takes time with the square of the text.</summary>
    private const int LongestPem = 16 * 1024;

    private const int MostSignatures = 16;

    public static Result<LoggedContent> Parse(LogEntry entry) => JsonPlace.Read(entry.Body, "bundle", "The log entry", body =>
    {
        var (kind, version) = (body.Needed("kind"), body.Needed("apiVersion"));
        if (kind != entry.Kind || version != entry.KindVersion) throw body.Refuse($"is a {Words.Beginning(kind, 40)} and not the {Words.Beginning(entry.Kind, 40)} that the bundle says");
        var spec = body.Member("spec") ?? throw body.Refuse("has no spec");
        return (kind, version) switch
        {
            ("hashedrekord", "0.0.1") => HashedRekord(spec),
            ("hashedrekord", "0.0.2") => HashedRekord2(Part(spec, "hashedRekordV002")),
            ("dsse", "0.0.1") => Dsse(spec),
            ("dsse", "0.0.2") => Dsse2(Part(spec, "dsseV002")),
            ("intoto", "0.0.2") => InToto(Part(spec, "content")),
            _ => throw body.Refuse($"is of the kind {Words.Beginning(kind, 40)} {Words.Beginning(version, 20)}, which is not read", "entry"),
        };
    });

    private static LoggedContent HashedRekord(JsonPlace spec)
    {
        var signature = Part(spec, "signature");
        return new LoggedContent(false, Hex(Part(Part(spec, "data"), "hash")), [new LoggedSignature(signature.NeededBytes("content"), Der(Part(signature, "publicKey"), "content"))]);
    }

    private static LoggedContent HashedRekord2(JsonPlace record)
    {
        var signature = Part(record, "signature");
        return new LoggedContent(false, Encoded(Part(record, "data")), [new LoggedSignature(signature.NeededBytes("content"), Verifier(Part(signature, "verifier")))]);
    }

    private static LoggedContent Dsse(JsonPlace spec) => new(
        true, Hex(Part(spec, "payloadHash")), [.. Few(spec).Select(signature => new LoggedSignature(signature.NeededBytes("signature"), Der(signature, "verifier")))]);

    private static LoggedContent Dsse2(JsonPlace record) => new(
        true, Encoded(Part(record, "payloadHash")), [.. Few(record).Select(signature => new LoggedSignature(signature.NeededBytes("content"), Verifier(Part(signature, "verifier"))))]);

    /// <summary>Its signatures are base64 of base64.</summary>
    private static LoggedContent InToto(JsonPlace content) => new(
        true,
        Hex(Part(content, "payloadHash")),
        [.. Few(Part(content, "envelope")).Select(signature => new LoggedSignature(Twice(signature), Der(signature, "publicKey")))]);

    private static byte[] Twice(JsonPlace signature)
    {
        var text = Encoding.Latin1.GetString(signature.NeededBytes("sig"));
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : throw signature.Refuse("has a signature that is no base64 of base64");
    }

    private static List<JsonPlace> Few(JsonPlace place)
    {
        var signatures = place.Items("signatures").Take(MostSignatures + 1).ToList();
        return signatures.Count <= MostSignatures ? signatures : throw place.Refuse($"has more than {MostSignatures} signatures", "size");
    }

    private static JsonPlace Part(JsonPlace place, string name) => place.Member(name) is { IsObject: true } part ? part : throw place.Refuse($"has no {name}");

    private static byte[] Hex(JsonPlace hash)
    {
        if (hash.Text("algorithm") is not "sha256") throw hash.Refuse("is no SHA-256");
        var text = hash.Needed("value");
        return text.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw hash.Refuse("is no SHA-256");
    }

    private static byte[] Encoded(JsonPlace digest) =>
        digest.Text("algorithm") is "SHA2_256" && digest.NeededBytes("digest") is { Length: 32 } bytes ? bytes : throw digest.Refuse("is no SHA-256");

    private static byte[] Verifier(JsonPlace verifier) => (verifier.Member("x509Certificate") ?? verifier.Member("publicKey") ?? throw verifier.Refuse("has no key")).NeededBytes("rawBytes");

    private static byte[] Der(JsonPlace place, string name)
    {
        var bytes = place.NeededBytes(name);
        if (bytes.Length > LongestPem) throw place.Refuse($"has a {name} of more than {LongestPem / 1024} KiB", "size");
        var text = Encoding.UTF8.GetString(bytes);
        return PemEncoding.TryFind(text, out var fields) ? Convert.FromBase64String(text[fields.Base64Data]) : throw place.Refuse($"has a {name} that is no PEM");
    }
}

/// <param name="Verifier">Certificate or public key, in DER.</param>
public sealed record LoggedSignature(byte[] Signature, byte[] Verifier);
