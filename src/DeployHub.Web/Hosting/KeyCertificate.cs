using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeployHub.Web.Hosting;

/// <summary>
/// The certificate that encrypts the key ring at rest: <c>DeployHub:Keys:Certificate</c> names a .pfx, .p12 or .pem file with its private key,
/// <c>DeployHub:Keys:Password</c> its password. Those in <c>DeployHub:Keys:Earlier</c> still read the keys that they encrypted.
/// </summary>
internal static class KeyCertificate
{
    private const string Setting = "DeployHub:Keys:Certificate";
    private const string EarlierSetting = "DeployHub:Keys:Earlier";
    private const string PasswordSetting = "DeployHub:Keys:Password";

    /// <summary>Null when none is configured.</summary>
    public static X509Certificate2? From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } path ? Load(path, Setting, configuration[PasswordSetting]) : null;

    public static IReadOnlyList<X509Certificate2> EarlierFrom(IConfiguration configuration) =>
        [.. configuration.GetSection(EarlierSetting).GetChildren().Select(earlier => Load(earlier.Value ?? "", earlier.Path, configuration[PasswordSetting]))];

    private static X509Certificate2 Load(string path, string setting, string? password)
    {
        var name = setting.Replace(":", "__", StringComparison.Ordinal);
        try
        {
            var certificate = Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12" ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
                : password is { Length: > 0 } ? X509Certificate2.CreateFromEncryptedPemFile(path, password)
                : X509Certificate2.CreateFromPemFile(path);
            return certificate.GetRSAPrivateKey() is not null ? certificate : throw new StartException($"{name} is {path}, which holds no RSA private key: only such a key reads back what it encrypted.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException($"{name} is {path}, which cannot be read as a certificate with its private key: {exception.Message}");
        }
    }
}
