using YamlDotNet.Core;

namespace DeployHub.Features.Models.Notation;

/// <summary>What the parser of YAML complains about, as whoever wrote the text can mend it.</summary>
internal static class YamlComplaint
{
    private const string Tab = "tab";

    private const string Columns = "Names that belong together begin in the same column, and what belongs to a name begins two blanks further in.";

    private const string WithinAText =
        $"a name with a colon begins here, but the line above is a text that goes on. Indent this line as the names above are, "
        + $"or put quotes around a text that holds a colon and a blank. {Columns}";

    private const string NoItem =
        $"the list above goes on with a line that is no item. Begin it with “- ” in the column of the other items, or indent it as the name is that the list belongs to. {Columns}";

    /// <summary>By what occurs in the parser's words; the first that does is taken.</summary>
    private static readonly (string Complaint, string Sentence)[] Known =
    [
        ("invalid mapping", WithinAText),
        ("Mapping values are not allowed", WithinAText),
        ("Mapping keys are not allowed", WithinAText),
        ("did not find expected key", $"this line does not begin where the lines that it belongs to do, or a name before it lacks its colon. {Columns}"),
        ("expected '-' indicator", NoItem),
        ("Block sequence entries", "an item that begins with “- ” cannot stand here. Write it on a line of its own, below the name that the list belongs to."),
        ("could not find expected ':'", "this line is neither a name with a colon and a blank behind it, nor an item that begins with “- ”."),
        ("expected ',' or ']'", "a list that begins with [ is not closed: write ] behind it, and a comma between two items."),
        ("expected ',' or '}'", "what begins with { is not closed: write } behind it, and a comma between two names."),
        ("expected node content", "a value is missing here, or there is a bracket or comma too many."),
        ("quoted scalar, found unexpected end", "a text in quotes that begins here is never closed."),
        (Tab, "a tab stands here. Indent with blanks only."),
        ("cannot start any token", "a text cannot begin with this character. Put quotes around it; if it is a tab, indent with blanks."),
        ("unknown escape character", "this escape with \\ is not known within double quotes. Write \\\\ for a backslash, or use single quotes."),
    ];

    /// <param name="complaint">In the parser's words.</param>
    public static string InWords(string complaint)
    {
        var known = Array.Find(Known, known => complaint.Contains(known.Complaint, StringComparison.Ordinal)).Sentence;
        return $"This is not YAML: {known ?? complaint}";
    }

    /// <summary>Of a tab the parser tells where it began to look, which may be the first line; people look for the tab.</summary>
    public static (int Line, int Column) PlaceOf(YamlException exception, string text)
    {
        (int Line, int Column) place = ((int)exception.Start.Line, (int)exception.Start.Column);
        if (!exception.Message.Contains(Tab, StringComparison.Ordinal)) return place;

        var tabs = text.Split('\n').Select((line, index) => (Line: index + 1, Column: TabIn(line))).Where(found => found.Column > 0).ToList();
        return tabs.Where(found => found.Line >= place.Line).OrderByDescending(found => found.Line == exception.End.Line).Append(place).First();
    }

    /// <summary>The column of a tab in the indentation; 0 without one.</summary>
    private static int TabIn(string line) => line[..^line.TrimStart(' ', '\t').Length].IndexOf('\t') + 1;
}
