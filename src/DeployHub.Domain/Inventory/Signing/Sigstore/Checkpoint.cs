using System.Globalization;
using System.Text;

namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>A log's own word on its tree, as a signed note (c2sp.org/tlog-checkpoint): origin, size, root, and signatures after a blank line.</summary>
/// <param name="Signed">The bytes over which the signatures are.</param>
/// <param name="Signatures">Each without the four bytes that hint at its key.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] RootHash, byte[] Signed, IReadOnlyList<(string Name, byte[] Signature)> Signatures)
{
    private const int MostSignatures = 16;
    private const int HintBytes = 4;

    /// <summary>Null when the text is none.</summary>
    public static Checkpoint? Parse(string text)
    {
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) return null;

        var lines = text[..end].Split('\n');
        if (lines.Length < 3 || lines[0].Length == 0 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || Decoded(lines[2]) is not { Length: 32 } root) return null;

        var signatures = text[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (signatures.Length is 0 or > MostSignatures) return null;
        var read = new List<(string, byte[])>();
        foreach (var line in signatures)
        {
            var parts = line.Split(' ');
            if (parts is not ["—", var name, var encoded] || Decoded(encoded) is not { Length: > HintBytes } bytes) return null;
            read.Add((name, bytes[HintBytes..]));
        }

        return new Checkpoint(lines[0], size, root, Encoding.UTF8.GetBytes(text[..(end + 1)]), read);
    }

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
