using System.Text;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>OpenPGP's text form (RFC 9580 §6.2). The checksum line is not looked at: it protects from nothing that a signature does not.</summary>
internal static class Armor
{
    public const string Signature = "PGP SIGNATURE";
    public const string PublicKey = "PGP PUBLIC KEY BLOCK";

    /// <summary>The bytes of the only block, which is of that kind; null when the text is anything else.</summary>
    public static byte[]? Read(string text, string kind)
    {
        var lines = text.Trim().Split('\n').Select(line => line.Trim()).ToArray();
        if (lines.Length < 4 || lines[0] != $"-----BEGIN {kind}-----" || lines[^1] != $"-----END {kind}-----") return null;

        var blank = Array.IndexOf(lines, "");
        if (blank < 1 || lines[1..blank].Any(header => !header.Contains(": ", StringComparison.Ordinal))) return null;

        var body = new StringBuilder();
        foreach (var line in lines[(blank + 1)..^1])
        {
            if (line.StartsWith('=') && line.Length == 5) break;
            body.Append(line);
        }

        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body.ToString(), bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    /// <summary>A key as its owner gives it away: Latin letters and line ends of any system.</summary>
    public static bool LooksArmored(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN "u8);
}
