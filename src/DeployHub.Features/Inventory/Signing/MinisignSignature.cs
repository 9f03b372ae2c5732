using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using Org.BouncyCastle.Crypto.Digests;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>
/// A <c>.minisig</c> file (jedisct1.github.io/minisign): four lines, Ed25519 over the content's BLAKE2b-512 (<c>ED</c>) or over the content
/// itself (<c>Ed</c>, as before version 0.10), and once more over the signature with its trusted comment.
/// </summary>
internal sealed class MinisignSignature : DetachedSignature
{
    private const string Untrusted = "untrusted comment:";
    private const string Trusted = "trusted comment: ";

    /// <summary>What the legacy form signs cannot be streamed: Ed25519 reads its message as a whole.</summary>
    private const int LegacyLimitMiB = 64;

    private readonly bool _isHashed;
    private readonly string _keyId;
    private readonly byte[] _signature;
    private readonly byte[] _comment;
    private readonly byte[] _global;

    private MinisignSignature(bool isHashed, string keyId, byte[] signature, byte[] comment, byte[] global) =>
        (_isHashed, _keyId, _signature, _comment, _global) = (isHashed, keyId, signature, comment, global);

    public static bool IsWrittenIn(ReadOnlySpan<byte> bytes) => bytes.StartsWith("untrusted comment:"u8);

    public static Result<DetachedSignature> Parse(byte[] bytes)
    {
        // Latin-1 gives every byte back as it was: the comment is signed as bytes.
        var lines = Encoding.Latin1.GetString(bytes).TrimEnd('\n', '\r').Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (lines.Length != 4 || !lines[0].StartsWith(Untrusted, StringComparison.Ordinal) || !lines[2].StartsWith(Trusted, StringComparison.Ordinal)) return Malformed;

        var (signed, global) = (new byte[74], new byte[64]);
        if (!Convert.TryFromBase64String(lines[1], signed, out var length) || length != signed.Length) return Malformed;
        if (!Convert.TryFromBase64String(lines[3], global, out var globalLength) || globalLength != global.Length) return Malformed;
        if (signed[0] != 'E' || signed[1] is not ((byte)'D' or (byte)'d')) return Malformed;

        return new MinisignSignature(signed[1] == 'D', MinisignKey.IdOf(signed.AsSpan(2, 8)), signed[10..], Encoding.Latin1.GetBytes(lines[2][Trusted.Length..]), global);
    }

    public override async Task<Result<Signer>> VerifyAsync(Stream content, Trust trust, CancellationToken cancellationToken)
    {
        var known = trust.Keys.Where(key => key.Kind is TrustedKeyKind.Minisign && key.Fingerprint == _keyId).ToList();
        if (known.Count == 0) return UnknownKey(_keyId);
        var usable = known.FindAll(key => trust.ObjectionTo(key) is null);
        if (usable.Count == 0) return Refusal("key-not-valid", $"does not count: {trust.ObjectionTo(known[0])}.");

        if (!_isHashed && content.Length > LegacyLimitMiB * 1024 * 1024)
            return Refusal("legacy", $"is in minisign's legacy form, which is read only for content up to {LegacyLimitMiB} MiB. Sign again with minisign 0.10 or later.");

        var message = await MessageAsync(content, cancellationToken);
        foreach (var trusted in usable)
        {
            var key = MinisignKey.Parse(trusted.PublicKey);
            if (key.Error is not null || !key.Value.Made(_signature, message)) continue;
            return key.Value.Made(_global, [.. _signature, .. _comment])
                ? new Signer(trusted, _keyId, null, Encoding.UTF8.GetString(_comment))
                : Refusal("comment", "has a trusted comment that was changed after it was signed. Take the file as the signer made it.");
        }

        return DoesNotHold(_keyId);
    }

    private async Task<byte[]> MessageAsync(Stream content, CancellationToken cancellationToken)
    {
        if (!_isHashed)
        {
            using var whole = new MemoryStream();
            await content.CopyToAsync(whole, cancellationToken);
            return whole.ToArray();
        }

        var blake = new Blake2bDigest(512);
        await ReadAsync(content, (buffer, count) => blake.BlockUpdate(buffer, 0, count), cancellationToken);
        var hash = new byte[64];
        blake.DoFinal(hash, 0);
        return hash;
    }

    private static Error Malformed => Refusal("malformed", "is no minisign signature of four lines. Make it with minisign -S.");
}
