using System.Text;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A file's bytes as text, and how to make bytes of a text again: the same encoding, with a byte order mark where there was one.</summary>
internal sealed partial record FileText(string Text, Encoding Encoding, byte[] Mark)
{
    /// <summary>By a byte order mark, else by an XML declaration, else as told.</summary>
    /// <exception cref="UneditableException">The bytes are no text in that encoding.</exception>
    public static FileText Read(byte[] bytes, FileEncoding told, ConfigurationFormat format)
    {
        var encoding = Marked(bytes) ?? (format is ConfigurationFormat.Xml ? Declared(bytes) : null);
        var mark = Marked(bytes) is null ? [] : encoding!.Preamble.ToArray();
        encoding ??= told switch { FileEncoding.Utf16 => Utf16(bigEndian: false), FileEncoding.Latin1 => Strict(Encoding.Latin1), _ => Utf8() };
        try
        {
            var text = Strict(encoding).GetString(bytes, mark.Length, bytes.Length - mark.Length);
            return text.Contains('\0') ? throw new UneditableException("holds zero bytes, so it is no text in the encoding it should have") : new FileText(text, encoding, mark);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UneditableException($"is no {encoding.WebName} from byte {exception.Index + mark.Length}; say its encoding", ConfigurationText.LineOf(Encoding.Latin1.GetString(bytes), Math.Max(exception.Index, 0)));
        }
    }

    /// <exception cref="UneditableException">The encoding has no such character.</exception>
    public byte[] BytesOf(string text)
    {
        try
        {
            return [.. Mark, .. Strict(Encoding).GetBytes(text)];
        }
        catch (EncoderFallbackException exception)
        {
            throw new UneditableException($"cannot hold one of the new values: {Encoding.WebName} has no such character", ConfigurationText.LineOf(text, exception.Index));
        }
    }

    private static Encoding? Marked(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        [0xFF, 0xFE, ..] => Utf16(bigEndian: false),
        [0xFE, 0xFF, ..] => Utf16(bigEndian: true),
        _ => null,
    };

    private static Encoding? Declared(byte[] bytes) => Declaration().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 200))).Groups["name"].Value.ToLowerInvariant() switch
    {
        "" => null,
        "utf-8" => Utf8(),
        "us-ascii" or "ascii" => Encoding.ASCII,
        "iso-8859-1" or "latin1" => Encoding.Latin1,
        "utf-16" => throw new UneditableException("declares UTF-16 and is written otherwise", 1),
        var other => throw new UneditableException($"declares the encoding {other}, which is not known here", 1),
    };

    private static UTF8Encoding Utf8() => new(encoderShouldEmitUTF8Identifier: false);

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: true);

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        (strict.EncoderFallback, strict.DecoderFallback) = (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return strict;
    }

    [GeneratedRegex(@"^<\?xml[^>]*\sencoding\s*=\s*[""'](?<name>[A-Za-z0-9._-]+)[""']")]
    private static partial Regex Declaration();
}
