using System.Text;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>A model document as it lies in a file: its bytes, which nobody changes on the way.</summary>
/// <param name="Name">What remarks call it.</param>
internal sealed record Document(string Name, byte[] Bytes)
{
    private const string StandardInput = "-";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Text => Strict.GetString(Bytes);

    /// <summary>More than DeployHub reads of a document: said before it is sent, since a server that refuses it stops listening.</summary>
    private const int Most = 256 * 1024;

    /// <summary>That it is too large, or where the bytes stop being text; null when neither is so.</summary>
    public Remark? Fault
    {
        get
        {
            if (Bytes.Length > Most) return new Remark("model.document", "", 1, 1, Remark.Error, "A model document has at most 256 KiB.");

            try
            {
                _ = Strict.GetCharCount(Bytes);
                return null;
            }
            catch (DecoderFallbackException undecodable)
            {
                var before = Bytes.AsSpan(0, Math.Clamp(undecodable.Index, 0, Bytes.Length));
                var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
                return new Remark("request.not-utf8", "", before.Count((byte)'\n') + 1, column, Remark.Error, "This is no UTF-8 text from here on.");
            }
        }
    }

    /// <param name="file">A path, or <c>-</c> for standard input.</param>
    public static async Task<Document> ReadAsync(string file, CancellationToken interrupted)
    {
        if (string.IsNullOrWhiteSpace(file)) throw Refusal.Misused("Name a file; - is standard input.");
        if (file == StandardInput) return new Document("<stdin>", await StandardInputAsync(interrupted));

        try
        {
            return new Document(file, await File.ReadAllBytesAsync(file, interrupted));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refusal.Misused($"There is no file {file}. A version of a model is written slug@number, such as rolling-web@3.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Misused($"{file} cannot be read: {exception.Message}");
        }
    }

    private static async Task<byte[]> StandardInputAsync(CancellationToken interrupted)
    {
        await using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        await input.CopyToAsync(bytes, interrupted);
        return bytes.ToArray();
    }
}
