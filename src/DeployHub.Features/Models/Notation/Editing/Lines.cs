namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Where the lines of a text begin and end.</summary>
internal static class Lines
{
    public static int StartOf(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Before the line end.</summary>
    public static int EndOf(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end > at && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Behind the line end; the end of the text where there is none.</summary>
    public static int AfterOf(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    /// <summary>How many characters stand before it in its line.</summary>
    public static int ColumnOf(string text, int at) => at - StartOf(text, at);

    /// <summary>Nothing but blanks stands before it in its line.</summary>
    public static bool IsFirst(string text, int at) => text.AsSpan(StartOf(text, at)..at).Trim(' ').IsEmpty;

    /// <summary>The column of the comment that the line consists of; null for any other line.</summary>
    public static int? CommentColumn(string text, int start)
    {
        var line = text.AsSpan(start..EndOf(text, start));
        var column = line.Length - line.TrimStart(' ').Length;
        return column < line.Length && line[column] == '#' ? column : null;
    }
}
