using System.Buffers.Binary;
using DeployHub.Domain;
using Org.BouncyCastle.Crypto.Parameters;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>A minisign public key: two lines, or the second of them alone.</summary>
/// <param name="Id">As minisign shows it: sixteen hexadecimal digits in upper case.</param>
internal sealed record MinisignKey(string Id, byte[] Point)
{
    private const int Length = 2 + 8 + 32;

    /// <summary>Refused with <c>trusted-key.malformed</c>.</summary>
    public static Result<MinisignKey> Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var bytes = new byte[Length];
        if (lines.Length is not (1 or 2) || (lines.Length == 2 && !lines[0].StartsWith("untrusted comment:", StringComparison.Ordinal))) return Malformed;
        if (!Convert.TryFromBase64String(lines[^1], bytes, out var length) || length != Length || !bytes.AsSpan().StartsWith("Ed"u8)) return Malformed;

        var point = bytes[10..];
        return Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.ValidatePublicKeyFull(point, 0) ? new MinisignKey(IdOf(bytes.AsSpan(2, 8)), point) : Malformed;
    }

    public static string IdOf(ReadOnlySpan<byte> id) => BinaryPrimitives.ReadUInt64LittleEndian(id).ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    public bool Made(byte[] signature, byte[] message) =>
        Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(signature, 0, new Ed25519PublicKeyParameters(Point).GetEncoded(), 0, message, 0, message.Length);

    private static Error Malformed => Error.Invalid("trusted-key.malformed", "PublicKey", "This is no minisign public key. Paste the text of the .pub file, such as RWTVu+adghXAHWXt….");
}
