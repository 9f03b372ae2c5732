using System.Text;
using DeployHub.Domain;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>A text with its OpenPGP signature in one file (RFC 9580 §7).</summary>
/// <param name="Text">What was signed: without the dashes that protect lines, without blanks at their ends.</param>
/// <param name="Signed">The bytes over which the signature was made.</param>
public sealed record ClearSigned(string Text, byte[] Signed, DetachedSignature Signature)
{
    private const string Beginning = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string SignatureBegins = $"-----BEGIN {Armor.Signature}-----";

    public static bool IsWrittenIn(ReadOnlySpan<byte> bytes) => bytes.StartsWith("-----BEGIN PGP SIGNED MESSAGE-----"u8);

    /// <summary>Nothing may stand outside of it: text before or after would look signed and is not.</summary>
    public static Result<ClearSigned> Parse(byte[] bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.TrimEnd('\r', ' ', '\t')).ToArray();
        var blank = Array.IndexOf(lines, "");
        var end = Array.IndexOf(lines, SignatureBegins);
        if (lines[0] != Beginning || blank < 1 || end <= blank) return Malformed;
        if (lines[1..blank].Any(header => !header.StartsWith("Hash: ", StringComparison.Ordinal))) return Malformed;

        var text = lines[(blank + 1)..end];
        if (text.Any(line => line.StartsWith('-') && !line.StartsWith("- ", StringComparison.Ordinal))) return Malformed;
        var plain = text.Select(line => line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line).ToArray();

        var signature = DetachedSignature.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines[end..])));
        if (signature.Error is { } refusal) return refusal;
        return signature.Value is OpenPgpSignature made ? new ClearSigned(string.Join('\n', plain), Encoding.UTF8.GetBytes(string.Join("\r\n", plain)), made.OverText()) : Malformed;
    }

    private static Error Malformed => DetachedSignature.Refusal("malformed", "and its text are no clear-signed message. Make it with gpg --clear-sign.");
}
