using System.Formats.Asn1;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>The answer of a time stamp authority (RFC 3161), without asking it.</summary>
internal static class TimeStamp
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>When the authority saw the bytes; refused with <c>signature.time</c> and words after “The signature”.</summary>
    /// <param name="answer">A TimeStampResp, in DER.</param>
    public static Result<DateTimeOffset> Verify(byte[] answer, byte[] stamped, IReadOnlyList<TrustedAuthority> authorities)
    {
        if (OpenPgpRules.Tried(() => Token(answer)) is not { } token) return Refused("has a time stamp that cannot be read, or that was not granted.");

        var at = token.TokenInfo.Timestamp;
        return authorities.Any(authority => Made(token, stamped, authority, at)) ? at
            : Refused($"has a time stamp of {at:u} that is not over it, or that no time stamp authority made that was trusted then. Take the bundle as the signer made it.");
    }

    private static bool Made(Rfc3161TimestampToken token, byte[] stamped, TrustedAuthority authority, DateTimeOffset at) => authority.ValidFor.Contains(at) && OpenPgpRules.Tried(() =>
    {
        var known = new X509Certificate2Collection(authority.Chain.Select(bytes => X509CertificateLoader.LoadCertificate(bytes)).ToArray());
        var isStrong = token.TokenInfo.HashAlgorithmId.Value is "2.16.840.1.101.3.4.2.1" or "2.16.840.1.101.3.4.2.2" or "2.16.840.1.101.3.4.2.3";
        return isStrong && token.VerifySignatureForData(stamped, out var signer, known) && CertificateChain.IssuerOf(signer, authority, at, TimeStamping) is not null;
    });

    private static Rfc3161TimestampToken? Token(byte[] answer)
    {
        var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
        if (response.ReadSequence().ReadInteger() > 1) return null; // granted, or granted with changes
        var encoded = response.ReadEncodedValue();
        return Rfc3161TimestampToken.TryDecode(encoded, out var token, out var length) && length == encoded.Length ? token : null;
    }

    private static Error Refused(string sentence) => DetachedSignature.Refusal("time", sentence);
}
