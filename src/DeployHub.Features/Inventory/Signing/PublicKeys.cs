using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing;

internal static class PublicKeys
{
    private const int DeepestNesting = 100;

    /// <summary>What names the key, as <see cref="TrustedKey.Fingerprint"/>; or why it is none that could sign anything.</summary>
    public static Result<string> FingerprintOf(TrustedKeyKind kind, string text, DateTimeOffset at) => kind switch
    {
        TrustedKeyKind.OpenPgp => OpenPgpKey.Parse(text, at).Match(key => Result<string>.Succeeded(key.Fingerprint), Result<string>.Failed),
        TrustedKeyKind.Pem => PemKey.Parse(text).Match(key => Result<string>.Succeeded(key.Fingerprint), Result<string>.Failed),
        TrustedKeyKind.SigstoreRoot => FingerprintOfRoot(text),
        _ => MinisignKey.Parse(text).Match(key => Result<string>.Succeeded(key.Id), Result<string>.Failed),
    };

    private static Result<string> FingerprintOfRoot(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var root = SigstoreTrustedRoot.Parse(bytes);
        if (root.Error is { } refusal) return Error.Invalid("trusted-key.malformed", "PublicKey", $"{refusal.Message} Paste the text of a trusted_root.json.");

        if (root.Value.Logs.Count == 0 && root.Value.Authorities.Count == 0) return Error.Invalid("trusted-key.unusable", "PublicKey", "The trusted root names neither a certificate authority nor a log, so that it vouches for nobody.");
        return root.Value.Logs.Concat(root.Value.CertificateLogs).FirstOrDefault(log => SigningKey.Read(log.PublicKey) is null) is { } odd
            ? Error.Invalid("trusted-key.unusable", "PublicKey", $"The key of the log {Words.Beginning(odd.Uri, 200)} cannot be used: ECDSA P-256 or P-384, Ed25519, or RSA of 2048 bits or more.")
            : OpenPgpRules.Tried(() => Compact(text)) is { } compact ? Convert.ToHexString(SHA256.HashData(compact))
            : Error.Invalid("trusted-key.malformed", "PublicKey", "The trusted root holds text that is no text. Paste the text of a trusted_root.json.");
    }

    /// <summary>The same whatever its line ends, spaces and escapes, so that what was revoked stays so.</summary>
    private static byte[] Compact(string text)
    {
        using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = DeepestNesting });
        using var compact = new MemoryStream();
        using (var writer = new Utf8JsonWriter(compact, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) document.WriteTo(writer);
        return compact.ToArray();
    }
}
