using System.Text;
using DeployHub.Domain;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>What <c>cosign sign-blob --key</c> writes into its .sig file: a signature in base64 and nothing else, not even whose it is.</summary>
internal sealed class CosignSignature : DetachedSignature
{
    private const int FewestBytes = 60;
    private const int MostBytesDecoded = 2048;

    private readonly byte[] _signature;

    private CosignSignature(byte[] signature) => _signature = signature;

    /// <summary>Text of base64 from beginning to end.</summary>
    public static bool IsWrittenIn(ReadOnlySpan<byte> bytes) => Decoded(bytes) is not null;

    public static Result<DetachedSignature> Parse(byte[] bytes) => new CosignSignature(Decoded(bytes)!);

    public override async Task<Result<Signer>> VerifyAsync(Stream content, Trust trust, CancellationToken cancellationToken)
    {
        var keys = PemKeys.Of(trust);
        if (keys.Error is { } refusal) return refusal;

        var message = await SignedMessage.ReadAsync(content, keys.Value.Any(key => key.Key.IsEd25519), cancellationToken);
        return keys.Value.FirstOrDefault(key => key.Key.Made(_signature, message)) is { } made
            ? new Signer(made.Trusted, $"{made.Key.Algorithm} {made.Trusted.Fingerprint}", null, null)
            : PemKeys.NoneMade(keys.Value, message);
    }

    private static byte[]? Decoded(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytesDecoded * 2) return null;
        var text = Encoding.Latin1.GetString(bytes).Trim();
        var decoded = new byte[text.Length];
        return Convert.TryFromBase64String(text, decoded, out var length) && length is >= FewestBytes and <= MostBytesDecoded ? decoded[..length] : null;
    }
}
