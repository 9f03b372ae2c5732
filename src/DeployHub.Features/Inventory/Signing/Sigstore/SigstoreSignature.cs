using DeployHub.Domain;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>A Sigstore bundle over a file.</summary>
internal sealed class SigstoreSignature : DetachedSignature
{
    private readonly SigstoreBundle _bundle;
    private readonly MessageSignature _message;

    private SigstoreSignature(SigstoreBundle bundle, MessageSignature message) => (_bundle, _message) = (bundle, message);

    public static bool IsWrittenIn(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    public static Result<DetachedSignature> Parse(byte[] bytes)
    {
        var bundle = SigstoreBundle.Parse(bytes);
        if (bundle.Error is { } refusal) return Refusal("malformed", $"cannot be read. {refusal.Message}");
        return bundle.Value.Message is { } message ? new SigstoreSignature(bundle.Value, message)
            : Refusal("kind", "is an attestation and none over the bytes of a file. Look at it with check-provenance, or make one with cosign sign-blob --bundle.");
    }

    public override async Task<Result<Signer>> VerifyAsync(Stream content, Trust trust, CancellationToken cancellationToken)
    {
        var message = await SignedMessage.ReadAsync(content, keepsWhole: true, cancellationToken);
        if (_message.Digest is { } said && !said.AsSpan().SequenceEqual(message.Sha256)) return Refusal("wrong", "is about other bytes: its bundle names another SHA-256. Sign exactly these bytes.");
        return new BundleRules(_bundle, trust).Signer(new SignedContent(message, [_message.Signature], null));
    }
}
