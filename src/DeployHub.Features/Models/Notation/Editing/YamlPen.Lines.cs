using System.Text.Json.Nodes;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>
/// Members and items that are lines of their own. The comments right above one, in its column, belong to it, and so do those below it that are
/// indented further.
/// </summary>
internal sealed partial class YamlPen
{
    /// <summary>Before the first one nothing stands whose lines could look like comments. Those above the first name of all are about the whole document.</summary>
    private const int Nowhere = -1;

    /// <summary>An item as lines, from the column of its dash on, with the comments that belong to it.</summary>
    public IReadOnlyList<string> LinesOf(IReadOnlyList<string> path)
    {
        var spot = Find(path);
        if (spot.Around is not YamlList list) throw EditErrors.Unsafe(DocumentPath.Of(path));
        if (list.IsFlow) return [$"- {InLineOf(path)}"];

        var (begin, end) = Region(list, spot, path);
        return [.. _text[begin..end].Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n').Select(line => Outdented(line, spot.Column))];
    }

    private static string Outdented(string line, int columns)
    {
        var blanks = Math.Min(columns, line.Length);
        return line.AsSpan(..blanks).Trim(' ').IsEmpty ? line[blanks..] : line;
    }

    /// <summary>The same in one line; refused when it has several.</summary>
    private string InLineOf(IReadOnlyList<string> path)
    {
        var value = Find(path).Value;
        return !value.IsBlock && _text[value.Start..value.End] is var written && !written.Contains('\n') ? written : throw EditErrors.Unsafe(DocumentPath.Of(path));
    }

    /// <summary>Inserts lines that stood elsewhere.</summary>
    public string Insert(IReadOnlyList<string> path, IReadOnlyList<string> lines)
    {
        var spot = Find([.. path.SkipLast(1)]);
        return spot.Value switch
        {
            YamlList { IsFlow: false } list => AddItem(list, IndexIn(list, path[^1]), lines),
            YamlList { Items.Count: 0, IsInFlow: false } => Put(spot, new WrittenValue("", lines, IsList: true)),
            YamlList list when lines is [var only] && IsOneValue(only) => AddInBrackets(list, PlacesOf(list), IndexIn(list, path[^1]), only[2..]),
            _ => throw EditErrors.Unsafe(DocumentPath.Of(path)),
        };
    }

    /// <summary>It means the same between brackets.</summary>
    private static bool IsOneValue(string line) => line is ['-', ' ', var first, ..] && !line.StartsWith("- - ", StringComparison.Ordinal) && !line.Contains(" #", StringComparison.Ordinal)
        && (first is '{' or '[' or '"' or '\'' || !line.Contains(": ", StringComparison.Ordinal));

    private string AddMember(YamlMap map, string name, JsonNode? value)
    {
        var behind = MemberOrder.Behind(NamesOf(map), name);
        var column = Lines.ColumnOf(_text, map.Start);
        var lines = WrittenValue.Member(name, value, _indents);
        return behind < 0 ? Before(map.Start, column, lines) : Below(BelowDeeper(map.Members[behind].Value.End, column), [.. WrittenValue.Indented(lines, column)]);
    }

    private string AddItem(YamlList list, int index, IReadOnlyList<string> lines)
    {
        var column = Lines.ColumnOf(_text, list.Start);
        if (index == list.Items.Count) return Below(BelowDeeper(list.End, column), [.. WrittenValue.Indented(lines, column)]);
        if (index == 0 && !Lines.IsFirst(_text, list.Start)) return Before(list.Start, column, lines);

        var begin = BeginWithComments(list.Dashes[index], index == 0 ? Nowhere : list.Items[index - 1].End);
        return Splice(begin, begin, string.Concat(WrittenValue.Indented(lines, column).Select(line => line + _lineEnd)));
    }

    /// <summary>In front of what stands there, in the same column.</summary>
    private string Before(int at, int column, IReadOnlyList<string> lines) =>
        Splice(at, at, string.Join(_lineEnd, WrittenValue.Indented(lines, column)).TrimStart(' ') + _lineEnd + new string(' ', column));

    /// <summary>In lines below the one that ends here.</summary>
    private string Below(int lineEnd, IReadOnlyList<string> lines) =>
        lineEnd == _text.Length && (lineEnd == 0 || _text[^1] == '\n')
            ? Splice(lineEnd, lineEnd, string.Concat(lines.Select(line => line + _lineEnd)))
            : Splice(lineEnd, lineEnd, string.Concat(lines.Select(line => _lineEnd + line)));

    private string RemoveMember(YamlMap map, Spot spot)
    {
        var member = map.Members[spot.Index];
        var behind = spot.Index > 0 ? map.Members[spot.Index - 1].Value.End : map == _root ? map.Start : Nowhere;
        if (Lines.IsFirst(_text, member.Key.Start)) return Without(Region(member.Key.Start, member.Value.End, behind));
        if (spot.Index > 0 || !_text.AsSpan(Lines.StartOf(_text, map.Start)..map.Start).Trim(" -").IsEmpty) throw EditErrors.Unsafe(member.Key.Value);

        // It stands behind the dash of the mapping, and the next one takes its place there.
        var next = map.Members[1].Key.Start;
        if (_text.AsSpan(member.Value.End..next).IsWhiteSpace()) return Splice(member.Key.Start, next, "");
        var dash = _text.AsSpan(..map.Start).TrimEnd().Length;
        return Splice(dash, Lines.EndOf(_text, member.Value.End), "");
    }

    private string RemoveItem(YamlList list, Spot spot, IReadOnlyList<string> path)
    {
        var isBesideDash = spot.Index == 0 && !Lines.IsFirst(_text, list.Start); // of the list around it
        return isBesideDash && _text.AsSpan(spot.Value.End..list.Dashes[1]).IsWhiteSpace() ? Splice(list.Start, list.Dashes[1], "") : Without(Region(list, spot, path));
    }

    /// <summary>What is left when the only member or item goes.</summary>
    private string Empty(YamlNode around, IReadOnlyList<string> path)
    {
        var brackets = around is YamlList ? "[]" : "{}";
        if (!around.IsBlock) return Splice(around.Start, around.End, brackets);
        return path.Count > 1 ? Put(Find([.. path.SkipLast(1)]), new WrittenValue(brackets, [])) : throw EditErrors.Unsafe(DocumentPath.Of(path));
    }

    private (int Begin, int End) Region(YamlList list, Spot spot, IReadOnlyList<string> path)
    {
        var dash = list.Dashes[spot.Index];
        if (!Lines.IsFirst(_text, dash)) throw EditErrors.Unsafe(DocumentPath.Of(path));
        return Region(dash, spot.Value.End, spot.Index > 0 ? list.Items[spot.Index - 1].End : Nowhere);
    }

    /// <summary>Whole lines, with the comments that belong to them.</summary>
    /// <param name="behind">Where what stands before ends.</param>
    private (int Begin, int End) Region(int begin, int end, int behind) =>
        (BeginWithComments(begin, behind), Lines.AfterOf(_text, BelowDeeper(end, Lines.ColumnOf(_text, begin))));

    private string Without((int Begin, int End) region) => Splice(region.Begin, region.End, "");

    private int BeginWithComments(int begin, int behind)
    {
        var column = Lines.ColumnOf(_text, begin);
        var start = Lines.StartOf(_text, begin);
        while (start > behind && start > 0 && Lines.StartOf(_text, start - 1) is var above && above > behind && Lines.CommentColumn(_text, above) == column) start = above;
        return start;
    }

    /// <summary>The end of the last line that belongs to what ends here: comments that are indented further do.</summary>
    private int BelowDeeper(int end, int column)
    {
        var last = Lines.EndOf(_text, end);
        while (Lines.AfterOf(_text, last) is var next && next > last && next < _text.Length && Lines.CommentColumn(_text, next) > column) last = Lines.EndOf(_text, next);
        return last;
    }
}
