using System.Security.Cryptography;
using DeployHub.Domain;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>A public key as cosign and OpenSSL write it.</summary>
internal static class PemKey
{
    /// <summary>Refused with <c>trusted-key.malformed</c>.</summary>
    public static Result<SigningKey> Parse(string text) => Read(text) is { } key ? key
        : Error.Invalid("trusted-key.malformed", "PublicKey", "This is no public key in PEM that can be used: ECDSA P-256 or P-384, Ed25519, or RSA of 2048 bits or more. Paste the text of cosign.pub, from -----BEGIN PUBLIC KEY----- on.");

    /// <summary>Null when the text is no key.</summary>
    public static SigningKey? Read(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] is not "PUBLIC KEY") return null;
        if (text.AsSpan(0, fields.Location.Start.Value).Contains("-----", StringComparison.Ordinal) || !text.AsSpan(fields.Location.End.Value).Trim().IsEmpty) return null; // two keys are none

        var bytes = new byte[fields.DecodedDataLength];
        return Convert.TryFromBase64String(text[fields.Base64Data], bytes, out var length) && length == bytes.Length ? SigningKey.Read(bytes) : null;
    }
}
