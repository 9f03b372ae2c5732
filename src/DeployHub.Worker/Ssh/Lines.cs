using System.Text;

namespace DeployHub.Worker.Ssh;

/// <summary>Cuts a stream of bytes into lines. Bytes that are no UTF-8 become U+FFFD, and a line without end keeps only its beginning.</summary>
internal static class Lines
{
    /// <summary>One more than a log keeps, so that the log says that it cut.</summary>
    public const int Longest = Logs.StepLog.LongestLine + 1;

    public static void Read(Stream stream, Action<string> write)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: false);
        var (line, buffer) = (new StringBuilder(), new char[16 * 1024]);
        while (reader.Read(buffer) is > 0 and var count)
        {
            for (var rest = buffer.AsSpan(0, count); ;)
            {
                var end = rest.IndexOf('\n');
                var part = end < 0 ? rest : rest[..end];
                line.Append(part[..Math.Min(part.Length, Longest - line.Length)]);
                if (end < 0) break;

                write(Ended(line));
                rest = rest[(end + 1)..];
            }
        }

        if (line.Length > 0) write(Ended(line));
    }

    private static string Ended(StringBuilder line)
    {
        var text = line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
        line.Clear();
        return text;
    }
}
