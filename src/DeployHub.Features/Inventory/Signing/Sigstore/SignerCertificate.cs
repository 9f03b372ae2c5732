using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>A certificate that a Sigstore authority (Fulcio) gave to a signer for minutes.</summary>
internal sealed class SignerCertificate : IDisposable
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string IssuerExtension = "1.3.6.1.4.1.57264.1.8";
    private const string OlderIssuerExtension = "1.3.6.1.4.1.57264.1.1";
    private const string OtherName = "1.3.6.1.4.1.57264.1.7";

    private readonly X509Certificate2 _certificate;

    private SignerCertificate(X509Certificate2 certificate, SigningKey key, string subject, string issuer) => (_certificate, Key, Subject, Issuer) = (certificate, key, subject, issuer);

    public SigningKey Key { get; }

    /// <summary>Its only subject alternative name.</summary>
    public string Subject { get; }

    /// <summary>Who knew the signer: an OpenID Connect issuer.</summary>
    public string Issuer { get; }

    /// <summary>In DER.</summary>
    public byte[] Bytes => _certificate.RawData;

    public void Dispose() => _certificate.Dispose();

    /// <summary>Null when it is none, or names nobody.</summary>
    public static SignerCertificate? Read(byte[] bytes) => OpenPgpRules.Tried(() =>
    {
        var certificate = X509CertificateLoader.LoadCertificate(bytes);
        var key = SigningKey.Read(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return key is not null && SubjectOf(certificate) is { Length: > 0 } subject && IssuerOf(certificate) is { Length: > 0 } issuer && certificate.RawData.AsSpan().SequenceEqual(bytes)
            ? new SignerCertificate(certificate, key, subject, issuer)
            : null;
    });

    /// <summary>Why it did not count then, as the words after “The signature”; null when it did.</summary>
    public string? ObjectionAt(DateTimeOffset at, SigstoreTrustedRoot root)
    {
        if (at < _certificate.NotBefore.ToUniversalTime() || at > _certificate.NotAfter.ToUniversalTime())
            return $"was made on {at:u}, when its certificate was not valid ({_certificate.NotBefore.ToUniversalTime():u} to {_certificate.NotAfter.ToUniversalTime():u}). Sign again.";
        return root.Authorities.Any(authority => authority.ValidFor.Contains(at) && CertificateChain.IssuerOf(_certificate, authority, at, CodeSigning) is not null)
            ? null
            : $"was made with a certificate that no authority of the trusted root gave for signing code, or none that was trusted on {at:u}.";
    }

    /// <summary>Why the certificate itself is not publicly known; null when it is, or when the root names no log of certificates.</summary>
    public string? ObjectionToLogging(DateTimeOffset at, SigstoreTrustedRoot root)
    {
        if (root.CertificateLogs.Count == 0) return null;
        var issuers = root.Authorities.Where(authority => authority.ValidFor.Contains(at)).Select(authority => CertificateChain.IssuerOf(_certificate, authority, at, CodeSigning)).OfType<byte[]>();
        return issuers.Any(issuer => CertificateTimestamps.Hold(_certificate, issuer, root.CertificateLogs)) ? null
            : "was made with a certificate for which no log of the trusted root vouches (no valid signed certificate timestamp). Sign again.";
    }

    private static string? IssuerOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions[IssuerExtension] is { } issuer) return new AsnReader(issuer.RawData, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.UTF8String);
        return certificate.Extensions[OlderIssuerExtension] is { } older ? Encoding.UTF8.GetString(older.RawData) : null;
    }

    private static string? SubjectOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions["2.5.29.17"] is not { } extension) return null;
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        var name = Name(names);
        return names.HasData ? null : name; // of two names nobody could say which was meant
    }

    private static string? Name(AsnReader names)
    {
        var tag = names.PeekTag();
        if (tag.TagClass is not TagClass.ContextSpecific) return null;
        if (tag.TagValue is 1 or 6) return names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
        if (tag.TagValue is not 0) return null;

        var other = names.ReadSequence(tag);
        return other.ReadObjectIdentifier() == OtherName ? other.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)).ReadCharacterString(UniversalTagNumber.UTF8String) : null;
    }
}
