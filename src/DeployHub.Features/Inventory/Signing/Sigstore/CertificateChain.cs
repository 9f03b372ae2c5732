using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>Whether a certificate comes from an authority, by that authority's own chain and nothing that this machine trusts.</summary>
internal static class CertificateChain
{
    /// <summary>The SubjectPublicKeyInfo of who gave the certificate, when the whole chain was valid then for that purpose; null when it was not.</summary>
    public static byte[]? IssuerOf(X509Certificate2 certificate, TrustedAuthority authority, DateTimeOffset at, string purpose) => OpenPgpRules.Tried(() =>
    {
        if (!IsFor(certificate, purpose)) return null;
        using var chain = new X509Chain();
        var known = authority.Chain.Select(bytes => X509CertificateLoader.LoadCertificate(bytes)).ToList();
        try
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(known[^1]);
            chain.ChainPolicy.ExtraStore.AddRange(known[..^1].ToArray());
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // it lives for minutes, and there is no network
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = at.UtcDateTime;
            return chain.Build(certificate) ? chain.ChainElements[Math.Min(1, chain.ChainElements.Count - 1)].Certificate.PublicKey.ExportSubjectPublicKeyInfo() : null;
        }
        finally
        {
            foreach (var element in chain.ChainElements) element.Certificate.Dispose();
            known.ForEach(one => one.Dispose());
        }
    });

    /// <summary>By its own word: the chain lets pass what names no purpose at all.</summary>
    private static bool IsFor(X509Certificate2 certificate, string purpose) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(one => one.Value == purpose));
}
