using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Signing;

/// <summary>
/// A list of digests as <c>sha256sum</c>, <c>sha512sum</c> and BSD's <c>sha256</c> write it. Whatever cannot be read without doubt is refused
/// with <c>checksums.…</c>: a line that is none, a weak digest, a name with two digests.
/// </summary>
public sealed partial class ChecksumFile
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly Dictionary<int, string> WeakOrUnused = new() { [32] = "MD5", [40] = "SHA-1", [56] = "SHA-224", [96] = "SHA-384" };

    private readonly Dictionary<(string, ChecksumAlgorithm), ListedDigest> _entries = [];

    private ChecksumFile() { }

    public IReadOnlyCollection<ListedDigest> Entries => _entries.Values;

    /// <summary>Every digest that is listed for a name; none when it is not there.</summary>
    public IReadOnlyList<ListedDigest> Of(string name) => [.. _entries.Values.Where(entry => entry.Name == WithoutDot(name))];

    public static Result<ChecksumFile> Parse(string text)
    {
        if (text.Length > MostBytes) return Refusal("size", $"is larger than {MostBytes / 1024:N0} KiB, which no list of digests needs.");

        var file = new ChecksumFile();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var written = line.TrimEnd('\r');
            if (number == 1) written = written.TrimStart('\uFEFF');
            if (written.AsSpan().Trim().IsEmpty || written[0] == '#') continue;
            if (file.Add(written, number) is { } refusal) return refusal;
        }

        return file._entries.Count > 0 ? file : Refusal("empty", "lists no digest.");
    }

    private Error? Add(string line, int number)
    {
        var isEscaped = line[0] == '\\';
        var body = isEscaped ? line[1..] : line;
        var (algorithm, hex, written) = Bsd().Match(body) is { Success: true } bsd ? (bsd.Groups[1].Value, bsd.Groups[3].Value, bsd.Groups[2].Value)
            : Gnu().Match(body) is { Success: true } gnu ? ("", gnu.Groups[1].Value, gnu.Groups[2].Value)
            : ("", "", "");
        if (hex.Length == 0) return Refusal("malformed", $"has a line {number} that is neither “digest  name” nor “SHA256 (name) = digest”.");
        if (Algorithm(algorithm, hex, number) is { Error: { } weak }) return weak;
        if ((isEscaped ? Unescaped(written) : written) is not { Length: > 0 } name) return Refusal("malformed", $"has a name in line {number} with a backslash that means nothing.");

        var entry = new ListedDigest(WithoutDot(name), Algorithm(algorithm, hex, number).Value, hex.ToLowerInvariant());
        if (_entries.TryAdd((entry.Name, entry.Algorithm), entry) || _entries[(entry.Name, entry.Algorithm)] == entry) return null;
        return Refusal("ambiguous", $"lists “{entry.Name}” with two different digests, the second in line {number}. Keep the right one.");
    }

    private static Result<ChecksumAlgorithm> Algorithm(string named, string hex, int number) => (named.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(), hex.Length) switch
    {
        ("" or "SHA256", 64) => ChecksumAlgorithm.Sha256,
        ("" or "SHA512", 128) => ChecksumAlgorithm.Sha512,
        ("", var length) => Refusal("weak", $"has a digest in line {number} that is {(WeakOrUnused.TryGetValue(length, out var weak) ? weak : "neither SHA-256 nor SHA-512")}: list SHA-256 or SHA-512."),
        ("SHA256" or "SHA512", _) => Refusal("malformed", $"has a digest in line {number} that is too short or too long for {named}."),
        _ => Refusal("weak", $"has a digest in line {number} that is {named}: list SHA-256 or SHA-512."),
    };

    /// <summary>As coreutils escapes: a backslash, a line feed and a carriage return; null for anything else.</summary>
    private static string? Unescaped(string name)
    {
        var plain = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '\\')
            {
                plain.Append(name[i]);
                continue;
            }

            char? meant = ++i < name.Length ? name[i] switch { '\\' => '\\', 'n' => '\n', 'r' => '\r', _ => null } : null;
            if (meant is null) return null;
            plain.Append(meant);
        }

        return plain.ToString();
    }

    private static string WithoutDot(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    private static Error Refusal(string rule, string sentence) => new(ErrorKind.Invalid, $"checksums.{rule}", $"The checksum file {sentence}");

    [GeneratedRegex(@"^([A-Za-z0-9-]{1,20}) \((.+)\) = ([0-9a-fA-F]{1,128})[ \t]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bsd();

    [GeneratedRegex(@"^([0-9a-fA-F]{32,128}) [ *](.+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();
}
