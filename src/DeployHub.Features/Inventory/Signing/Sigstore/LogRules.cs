using System.Globalization;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>Whether a transparency log holds a signature, as shown by its promise (SET) and its tree, without asking it.</summary>
internal sealed class LogRules(SigstoreTrustedRoot root, BundleVersion version)
{
    public static TrustedLog? LogOf(LogEntry entry, SigstoreTrustedRoot root) => root.Logs.FirstOrDefault(log => log.Id.AsSpan().SequenceEqual(entry.LogId));

    /// <summary>The time that the log promises, if it promises one.</summary>
    /// <param name="verifier">The signer's certificate or public key, in DER.</param>
    public Result<DateTimeOffset?> Look(LogEntry entry, SignedContent content, byte[] signature, byte[] verifier)
    {
        if (LogOf(entry, root) is not { } log) return Refused("is in a log that the trusted root does not know. Register the trusted_root.json that names it.");
        if (SigningKey.Read(log.PublicKey) is not { } key) return Refused($"is in the log {log.Uri}, whose key cannot be used.");

        var logged = LoggedContent.Parse(entry);
        if (logged.Error is { } unreadable) return Refused($"cannot be found in its log. {unreadable.Message}");
        if (!content.IsIn(logged.Value, signature, verifier)) return Refused("is shown with the log entry of another: its content, signature or key is not this one's. Take the bundle as the signer made it.");

        if (ObjectionToProof(entry, log, key) is { } unproven) return Refused(unproven);
        return Promised(entry, log, key);
    }

    /// <summary>Why a log counts for nothing that promises no time itself: it was not trusted at each of the times that others say; null when it counts.</summary>
    public Error? ObjectionToPeriod(LogEntry entry, IReadOnlyList<DateTimeOffset> times)
    {
        if (entry.Promise is not null || LogOf(entry, root) is not { } log) return null; // the promise was looked at with its own time
        foreach (var at in times)
            if (!log.ValidFor.Contains(at)) return Refused($"is of {at:u}, when the log {log.Uri} that holds it was not trusted.");
        return null;
    }

    private static Result<DateTimeOffset?> Promised(LogEntry entry, TrustedLog log, SigningKey key)
    {
        if (entry.Promise is null) return Result<DateTimeOffset?>.Succeeded(null);

        if (!key.Made(entry.Promise, SignedMessage.Of(Promise(entry)))) return Refused($"has a signed entry timestamp that the log {log.Uri} did not make. Take the bundle as the signer made it.");
        if (entry.IntegratedAt > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return Refused("has a signed entry timestamp of no time.");
        var at = DateTimeOffset.FromUnixTimeSeconds(entry.IntegratedAt);
        return log.ValidFor.Contains(at) ? Result<DateTimeOffset?>.Succeeded(at) : Refused($"was logged on {at:u}, when the log {log.Uri} was not trusted.");
    }

    /// <summary>What the log signs, as RFC 8785 writes it: in order of names, and base64 and numbers need no escape.</summary>
    private static byte[] Promise(LogEntry entry) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"body":"{{Convert.ToBase64String(entry.Body)}}","integratedTime":{{entry.IntegratedAt}},"logID":"{{Convert.ToHexStringLower(entry.LogId)}}","logIndex":{{entry.Index}}}"""));

    /// <summary>A bundle of v0.1 needs a promise and may have a proof; later ones need the proof with the log's signed checkpoint.</summary>
    private string? ObjectionToProof(LogEntry entry, TrustedLog log, SigningKey key)
    {
        if (entry.Proof is not { } proof) return version is BundleVersion.V01 && entry.Promise is not null ? null : "does not show that its log holds it: the inclusion proof is missing. Take the bundle as the signer made it.";
        if (version is BundleVersion.V01 && entry.Promise is null) return "has no signed entry timestamp, which a bundle of v0.1 needs.";

        if (MerkleTree.Root(MerkleTree.LeafHash(entry.Body), proof.Index, proof.TreeSize, proof.Hashes) is not { } computed || !computed.AsSpan().SequenceEqual(proof.RootHash))
            return "has an inclusion proof that does not lead to the root of the log's tree. Take the bundle as the signer made it.";
        if (proof.Checkpoint is null) return version is BundleVersion.V01 ? null : "has an inclusion proof without the log's checkpoint, which shows nothing.";

        var checkpoint = Checkpoint.Parse(proof.Checkpoint);
        if (checkpoint is null) return "has a checkpoint that cannot be read. Take the bundle as the signer made it.";
        if (checkpoint.Size != proof.TreeSize || !checkpoint.RootHash.AsSpan().SequenceEqual(proof.RootHash)) return "has an inclusion proof for another tree than that of its checkpoint.";
        var message = SignedMessage.Of(checkpoint.Signed);
        return checkpoint.Signatures.Any(made => key.Made(made.Signature, message)) ? null : $"has a checkpoint that the log {log.Uri} did not sign. Take the bundle as the signer made it.";
    }

    private static Error Refused(string sentence) => DetachedSignature.Refusal("log", sentence);
}
