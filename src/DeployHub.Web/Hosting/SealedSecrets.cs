using System.Security.Cryptography;
using DeployHub.Features.Notifications;
using Microsoft.AspNetCore.DataProtection;

namespace DeployHub.Web.Hosting;

/// <summary>Encrypts with the key ring that all processes share, so that a worker opens what a page sealed.</summary>
internal sealed class SealedSecrets(IDataProtectionProvider keys) : ISealsSecrets
{
    private readonly IDataProtector _seal = keys.CreateProtector("deployhub.sealed-secrets");

    public string Seal(string secret) => _seal.Protect(secret);

    public string? Open(string sealedSecret)
    {
        try
        {
            return _seal.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
