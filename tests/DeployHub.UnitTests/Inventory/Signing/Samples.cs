using System.Runtime.CompilerServices;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory.Signing;

namespace DeployHub.UnitTests.Inventory.Signing;

/// <summary>Files that the real minisign and gpg made.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../../../shared/data/signature-peers");

    public static void SkipWhenAbsent() => Assert.SkipUnless(Directory.Exists(Folder()), "The samples are not on this machine: ../shared/data/signature-peers.");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    public static TrustedKey Trusted(string file, TrustedKeyKind kind, IReadOnlyList<string>? services = null, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var fingerprint = PublicKeys.FingerprintOf(kind, Text(file), Now);
        return TrustedKey.Register("release", "Release", kind, Text(file), fingerprint.Value, services ?? [], from ?? Now.AddDays(-30), until, Actor.System, Now.AddDays(-30)).Value;
    }

    public static async Task<Result<Signer>> VerifyAsync(byte[] signature, byte[] content, params TrustedKey[] keys)
    {
        var read = DetachedSignature.Read(signature);
        if (read.Error is { } refusal) return refusal;
        using var stream = new MemoryStream(content);
        return await read.Value.VerifyAsync(stream, new Trust(keys, "shop", Now, []), TestContext.Current.CancellationToken);
    }
}
