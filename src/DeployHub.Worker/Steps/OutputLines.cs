using System.Text;

namespace DeployHub.Worker.Steps;

/// <summary>Reads output line by line without ever holding more of a line than anybody would read.</summary>
internal static class OutputLines
{
    private const int LongestLine = 16 * 1024;

    /// <summary>Ends when the stream does, or nobody listens any more. Bytes that are no UTF-8 become the replacement character.</summary>
    public static async Task PumpAsync(Stream stream, Action<string> write, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var line = new StringBuilder();
        var buffer = new char[LongestLine];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer, cancellationToken)) > 0;) Take(buffer.AsSpan(0, read), line, write);
        }
        catch (OperationCanceledException)
        {
        }

        if (line.Length > 0) write(line.ToString());
    }

    private static void Take(ReadOnlySpan<char> text, StringBuilder line, Action<string> write)
    {
        for (int end; (end = text.IndexOf('\n')) >= 0; text = text[(end + 1)..])
        {
            Append(line, text[..end]);
            if (line.Length > 0 && line[^1] == '\r') line.Length--;
            write(line.ToString());
            line.Clear();
        }

        Append(line, text);
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text) => line.Append(text[..Math.Min(text.Length, LongestLine - line.Length)]);
}
