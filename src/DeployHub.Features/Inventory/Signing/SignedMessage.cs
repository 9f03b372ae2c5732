using System.Security.Cryptography;
using DeployHub.Domain;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>What was signed, by the digests that signatures are made over.</summary>
/// <param name="Whole">The bytes themselves, for Ed25519; null when they are too many to keep.</param>
internal sealed record SignedMessage(byte[] Sha256, byte[] Sha384, byte[] Sha512, byte[]? Whole)
{
    /// <summary>What Ed25519 signs cannot be streamed: it reads its message as a whole.</summary>
    private const int MostWhole = 64 * 1024 * 1024;

    /// <summary>For a signature that nobody can judge; it may be genuine.</summary>
    public static Error TooLong => DetachedSignature.Refusal("size", $"can be one by an Ed25519 key, and those are read only for content up to {MostWhole / 1024 / 1024} MiB. Sign with a key of another kind (ECDSA), or sign a checksum file and name it with checksums.");

    public bool IsTooLongFor(SigningKey key) => Whole is null && key.IsEd25519;

    public static SignedMessage Of(byte[] whole) => new(SHA256.HashData(whole), SHA384.HashData(whole), SHA512.HashData(whole), whole);

    /// <summary>Reads the content once, from beginning to end.</summary>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public static async Task<SignedMessage> ReadAsync(Stream content, bool keepsWhole, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        using var whole = new MemoryStream();
        keepsWhole = keepsWhole && content.Length <= MostWhole;
        var buffer = new byte[128 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            foreach (var hash in new[] { sha256, sha384, sha512 }) hash.AppendData(buffer, 0, read);
            if (keepsWhole) whole.Write(buffer, 0, read);
        }

        return new SignedMessage(sha256.GetHashAndReset(), sha384.GetHashAndReset(), sha512.GetHashAndReset(), keepsWhole ? whole.ToArray() : null);
    }
}
