using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.Domain;

/// <summary>What approval and verification bind to: <c>sha256:</c> and 64 lower-case hexadecimal digits over the bytes (domain §1.2).</summary>
public readonly partial record struct Digest
{
    private readonly string? _value;

    private Digest(string value) => _value = value;

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public string Hex => ToString()["sha256:".Length..];

    /// <summary>The first twelve hexadecimal digits: enough for a person to compare.</summary>
    public string Short => Hex[..12];

    public static Digest OfBytes(ReadOnlySpan<byte> bytes) => OfHash(SHA256.HashData(bytes));

    public static Digest OfText(string text) => OfBytes(Encoding.UTF8.GetBytes(text));

    /// <param name="hash">The 32 bytes of a finished SHA-256.</param>
    public static Digest OfHash(ReadOnlySpan<byte> hash) => new("sha256:" + Convert.ToHexStringLower(hash));

    /// <summary>Reads <c>sha256:…</c> in either case; anything else is refused with <c>digest.malformed</c>.</summary>
    public static Result<Digest> Parse(string? text) =>
        text is not null && Form().IsMatch(text)
            ? new Digest(text.ToLowerInvariant())
            : new Error(ErrorKind.Invalid, "digest.malformed", "Write a digest as sha256: and 64 hexadecimal digits.");

    /// <summary>For values that were checked when they were stored.</summary>
    /// <exception cref="FormatException">The text is not a digest.</exception>
    public static Digest Of(string text) => Parse(text) is { Error: null } digest ? digest.Value : throw new FormatException($"“{text}” is not a digest.");

    public override string ToString() => _value ?? "sha256:" + new string('0', 64);

    [GeneratedRegex(@"^sha256:[0-9a-fA-F]{64}\z", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
