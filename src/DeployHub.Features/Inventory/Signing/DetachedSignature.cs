using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>Who made a signature that holds.</summary>
/// <param name="MadeBy">Key id or fingerprint of the very key, which may be a subkey.</param>
/// <param name="SignedAt">As the signer says, or for a certificate as a log or a time stamp authority does; null when nobody tells.</param>
/// <param name="TrustedComment">minisign's, which is signed, too.</param>
/// <param name="Source">What the signer's certificate says of the repository and ref for which it was given; null when nobody says it.</param>
public sealed record Signer(TrustedKey Key, string MadeBy, DateTimeOffset? SignedAt, string? TrustedComment, BuildSource? Source = null);

/// <summary>For whom and when a signature has to count.</summary>
/// <param name="Service">Key of the service whose artefact it is.</param>
/// <param name="Identities">Whose certificates count, where the authorities of a trusted Sigstore root gave them.</param>
public sealed record Trust(IReadOnlyList<TrustedKey> Keys, string Service, DateTimeOffset At, IReadOnlyList<SignerIdentity> Identities)
{
    /// <summary>The keys and roots that count for this check, by their keys; empty for every one that may sign for the service.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Why a key's signatures do not count, in a sentence. A key that was revoked under one name counts under no other.</summary>
    internal string? ObjectionTo(TrustedKey key) =>
        (Keys.FirstOrDefault(other => other.Kind == key.Kind && other.Fingerprint == key.Fingerprint && other.RevokedAt is not null) ?? key).ObjectionTo(Service, At)
        ?? (Only.Count == 0 || Only.Contains(key.Key) ? null : $"{key.Key} is trusted, but here only {string.Join(", ", Only)} may sign; sign again with one of those");
}

/// <summary>
/// A signature that lies beside what it signs. Refusals have the code <c>signature.…</c> and a sentence that goes on after “The signature”.
/// Whatever the bytes are, nothing but a refusal comes of them.
/// </summary>
public abstract class DetachedSignature
{
    /// <summary>Of a signature's file.</summary>
    public const int MostBytes = 256 * 1024;

    private protected DetachedSignature() { }

    /// <summary>minisign, a Sigstore bundle, cosign's base64, or OpenPGP in armor or binary, by what the bytes say.</summary>
    public static Result<DetachedSignature> Read(byte[] bytes) =>
        bytes.Length > MostBytes ? Refusal("size", $"is larger than {MostBytes / 1024} KiB.")
        : MinisignSignature.IsWrittenIn(bytes) ? MinisignSignature.Parse(bytes)
        : SigstoreSignature.IsWrittenIn(bytes) ? SigstoreSignature.Parse(bytes)
        : CosignSignature.IsWrittenIn(bytes) ? CosignSignature.Parse(bytes)
        : OpenPgpSignature.Parse(bytes);

    /// <summary>Reads the content once, from beginning to end, if there is a key that may have signed it.</summary>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public abstract Task<Result<Signer>> VerifyAsync(Stream content, Trust trust, CancellationToken cancellationToken);

    internal static Error Refusal(string rule, string sentence) => new(ErrorKind.Invalid, $"signature.{rule}", sentence);

    internal static Error UnknownKey(string id) =>
        Refusal("unknown-key", $"was made by the key {id}, which is not trusted here. Register that key if it is right, or sign with one that is.");

    internal static Error DoesNotHold(string id) =>
        Refusal("wrong", $"does not fit: the content is not what the key {id} signed. Sign exactly these bytes.");

    private protected static async Task ReadAsync(Stream content, Action<byte[], int> each, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;) each(buffer, read);
    }
}
