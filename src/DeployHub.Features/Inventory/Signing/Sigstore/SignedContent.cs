using System.Security.Cryptography;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>What a bundle's signatures are over.</summary>
/// <param name="Payload">Of an envelope; null when a file was signed.</param>
internal sealed record SignedContent(SignedMessage Message, IReadOnlyList<byte[]> Signatures, byte[]? Payload)
{
    /// <summary>The first of the signatures that the key made; null when it made none.</summary>
    public byte[]? MadeBy(SigningKey key) => Signatures.FirstOrDefault(signature => key.Made(signature, Message));

    /// <summary>The log holds this very signature, of this very content, by this very key: else an entry of another could be shown.</summary>
    public bool IsIn(LoggedContent logged, byte[] signature, byte[] verifier) =>
        logged.Digest.AsSpan().SequenceEqual(!logged.IsOverPayload ? Message.Sha256 : Payload is null ? [] : SHA256.HashData(Payload))
        && logged.Signatures.Any(entry => entry.Signature.AsSpan().SequenceEqual(signature) && entry.Verifier.AsSpan().SequenceEqual(verifier));
}
