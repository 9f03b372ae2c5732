using DeployHub.Domain;
using DeployHub.Domain.Inventory;

namespace DeployHub.Features.Inventory.Signing;

internal static class PublicKeys
{
    /// <summary>What names the key, as <see cref="TrustedKey.Fingerprint"/>; or why it is none that could sign anything.</summary>
    public static Result<string> FingerprintOf(TrustedKeyKind kind, string text, DateTimeOffset at)
    {
        if (kind is TrustedKeyKind.OpenPgp) return OpenPgpKey.Parse(text, at) is { Error: null } key ? key.Value.Fingerprint : OpenPgpKey.Parse(text, at).Error!;
        return MinisignKey.Parse(text) is { Error: null } minisign ? minisign.Value.Id : MinisignKey.Parse(text).Error!;
    }
}
