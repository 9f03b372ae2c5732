using DeployHub.Domain;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Features.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>Who signed an envelope. Of several signatures, one that counts is enough.</summary>
public static class AttestationSignature
{
    /// <summary>Refused with <c>signature.…</c> and words that go on after “The signature”.</summary>
    public static Result<Signer> Verify(Attestation attestation, Trust trust)
    {
        var content = new SignedContent(SignedMessage.Of(attestation.Envelope.Signed), attestation.Envelope.Signatures, attestation.Envelope.Payload);
        if (attestation.Bundle is { } bundle) return new BundleRules(bundle, trust).Signer(content);

        var keys = PemKeys.Of(trust);
        if (keys.Error is { } refusal) return refusal;
        return keys.Value.FirstOrDefault(key => content.MadeBy(key.Key) is not null) is { } made
            ? new Signer(made.Trusted, $"{made.Key.Algorithm} {made.Trusted.Fingerprint}", null, null)
            : PemKeys.NoneMade(keys.Value, content.Message);
    }
}
