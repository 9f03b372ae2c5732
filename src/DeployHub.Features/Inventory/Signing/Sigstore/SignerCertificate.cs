using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>A certificate that a Sigstore authority (Fulcio) gave to a signer for minutes.</summary>
internal sealed class SignerCertificate : IDisposable
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string IssuerExtension = "1.3.6.1.4.1.57264.1.8";
    private const string OlderIssuerExtension = "1.3.6.1.4.1.57264.1.1";
    private const string OtherName = "1.3.6.1.4.1.57264.1.7";

    /// <summary>Of the repository, commit and ref of the build that asked for the certificate (github.com/sigstore/fulcio, docs/oid-info.md).</summary>
    private const string SourceExtension = "1.3.6.1.4.1.57264.1.12";
    private const string CommitExtension = "1.3.6.1.4.1.57264.1.13";
    private const string RefExtension = "1.3.6.1.4.1.57264.1.14";

    private readonly X509Certificate2 _certificate;
    private readonly DateTime _from, _until;

    private SignerCertificate(X509Certificate2 certificate, SigningKey key, (string Name, bool IsUri) subject, string issuer)
    {
        (_certificate, Key, Subject, IsUri, Issuer) = (certificate, key, subject.Name, subject.IsUri, issuer);
        (_from, _until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()); // read here, since they may be no times at all
    }

    public SigningKey Key { get; }

    /// <summary>Its only subject alternative name.</summary>
    public string Subject { get; }

    /// <summary>Its name is given as a URI, and not as an e-mail address or user name.</summary>
    public bool IsUri { get; }

    /// <summary>Who knew the signer: an OpenID Connect issuer.</summary>
    public string Issuer { get; }

    /// <summary>For which build it was given; null when it does not say.</summary>
    public BuildSource? Source { get; private init; }

    /// <summary>In DER.</summary>
    public byte[] Bytes => _certificate.RawData;

    public void Dispose() => _certificate.Dispose();

    /// <summary>Null when it is none, or names nobody.</summary>
    public static SignerCertificate? Read(byte[] bytes) => OpenPgpRules.Tried(() =>
    {
        var certificate = X509CertificateLoader.LoadCertificate(bytes);
        var key = SigningKey.Read(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return key is not null && SubjectOf(certificate) is { } subject && IssuerOf(certificate) is { Length: > 0 } issuer && certificate.RawData.AsSpan().SequenceEqual(bytes)
            ? new SignerCertificate(certificate, key, subject, issuer) { Source = SourceOf(certificate) }
            : null;
    });

    /// <summary>Whether it is worth to look further: an authority of the root gave it, whenever that was trusted.</summary>
    public bool ComesFrom(SigstoreTrustedRoot root) =>
        root.Authorities.Any(authority => CertificateChain.IssuerOf(_certificate, authority, _from, CodeSigning) is not null);

    /// <summary>Why it did not count then, as the words after “The signature”; null when it did.</summary>
    public string? ObjectionAt(DateTimeOffset at, SigstoreTrustedRoot root)
    {
        if (at < _from || at > _until)
            return $"was made on {at:u}, when its certificate was not valid ({_from:u} to {_until:u}). Sign again.";
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
        if (Text(certificate, IssuerExtension) is { } issuer) return issuer;
        return certificate.Extensions[OlderIssuerExtension] is { } older ? Encoding.UTF8.GetString(older.RawData) : null;
    }

    private static BuildSource? SourceOf(X509Certificate2 certificate) => Text(certificate, SourceExtension) is { Length: > 0 } repository
        ? BuildSource.Of(repository, Text(certificate, RefExtension), Text(certificate, CommitExtension))
        : null;

    private static string? Text(X509Certificate2 certificate, string extension) =>
        certificate.Extensions[extension] is { } text ? new AsnReader(text.RawData, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.UTF8String) : null;

    private static (string Name, bool IsUri)? SubjectOf(X509Certificate2 certificate)
    {
        if (certificate.Extensions["2.5.29.17"] is not { } extension) return null;
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        var isUri = names.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 6 };
        var name = Name(names);
        if (names.HasData || string.IsNullOrEmpty(name)) return null; // of two names nobody could say which was meant
        return (name, isUri);
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
