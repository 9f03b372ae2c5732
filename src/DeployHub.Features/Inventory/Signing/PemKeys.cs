using DeployHub.Domain;
using DeployHub.Domain.Inventory;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>A trusted key in PEM, ready to ask.</summary>
internal sealed record PemSigner(TrustedKey Trusted, SigningKey Key);

/// <summary>For signatures that do not say whose they are: every trusted key in PEM is asked.</summary>
internal static class PemKeys
{
    /// <summary>Those that count for the service now; refused when there is none.</summary>
    public static Result<IReadOnlyList<PemSigner>> Of(Trust trust)
    {
        var known = trust.Keys.Where(key => key.Kind is TrustedKeyKind.Pem).ToList();
        if (known.Count == 0) return DetachedSignature.Refusal("unknown-key", "says not whose it is, and no public key in PEM is trusted here. Register the signer's.");

        var usable = known.Where(key => trust.ObjectionTo(key) is null).Select(key => (Trusted: key, Key: PemKey.Read(key.PublicKey))).Where(key => key.Key is not null).Select(key => new PemSigner(key.Trusted, key.Key!)).ToList();
        return usable.Count > 0 ? usable : DetachedSignature.Refusal("key-not-valid", $"does not count: {trust.ObjectionTo(known[0])}.");
    }

    public static Error NoneMade(IReadOnlyList<PemSigner> keys, SignedMessage message) => keys.Any(key => message.IsTooLongFor(key.Key)) ? SignedMessage.TooLong
        : DetachedSignature.Refusal("wrong", $"is not one of these bytes by a key that is trusted for them ({Words.List(keys.Take(10).Select(key => key.Trusted.Key))}). Sign exactly these bytes with one of those, or register the key if it is right.");
}
