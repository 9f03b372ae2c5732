using System.Text;
using DeployHub.Worker.Logs;

namespace DeployHub.Worker.Steps;

/// <summary>Cuts output into lines. Bytes that are no UTF-8 become the replacement character, and a line without end keeps only its beginning.</summary>
internal static class OutputLines
{
    /// <summary>One more than a log keeps, so that the log says that it cut.</summary>
    public const int Longest = StepLog.LongestLine + 1;

    private const int Block = 16 * 1024;

    public static void Read(Stream stream, Action<string> write)
    {
        using var reader = ReaderOf(stream);
        var (line, buffer) = (new StringBuilder(), new char[Block]);
        while (reader.Read(buffer) is > 0 and var read) Take(buffer.AsSpan(0, read), line, write);
        if (line.Length > 0) End(line, write);
    }

    /// <summary>Ends when the stream does, or nobody listens any more.</summary>
    public static async Task PumpAsync(Stream stream, Action<string> write, CancellationToken cancellationToken)
    {
        using var reader = ReaderOf(stream);
        var (line, buffer) = (new StringBuilder(), new char[Block]);
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read) Take(buffer.AsSpan(0, read), line, write);
        }
        catch (OperationCanceledException)
        {
        }

        if (line.Length > 0) End(line, write);
    }

    private static StreamReader ReaderOf(Stream stream) => new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);

    private static void Take(ReadOnlySpan<char> text, StringBuilder line, Action<string> write)
    {
        for (int end; (end = text.IndexOf('\n')) >= 0; text = text[(end + 1)..])
        {
            Append(line, text[..end]);
            End(line, write);
        }

        Append(line, text);
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text) => line.Append(text[..Math.Min(text.Length, Longest - line.Length)]);

    private static void End(StringBuilder line, Action<string> write)
    {
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        write(line.ToString());
        line.Clear();
    }
}
