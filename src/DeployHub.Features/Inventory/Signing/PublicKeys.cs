using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing;

internal static class PublicKeys
{
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
            : Convert.ToHexString(SHA256.HashData(bytes));
    }
}
