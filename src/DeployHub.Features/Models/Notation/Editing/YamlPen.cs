using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>
/// Changes one place of a text and leaves every other character as it is: comments, order, quotes, blank lines. Whoever uses it knows that
/// the place is there, and looks afterwards whether the text says what it should.
/// </summary>
internal sealed partial class YamlPen
{
    private readonly string _text;
    private readonly string _lineEnd;
    private readonly YamlNode? _root;
    private readonly Indents _indents;

    public YamlPen(string text)
    {
        _text = text;
        _lineEnd = text.IndexOf('\n') is > 0 and var first && text[first - 1] == '\r' ? "\r\n" : "\n";
        _root = YamlPlaces.Read(text);
        _indents = Indents.Of(text, _root);
    }

    /// <summary>Where a value stands, and what leads to it.</summary>
    /// <param name="Behind">Behind the colon or dash.</param>
    /// <param name="Column">Of the name or dash.</param>
    private sealed record Spot(YamlNode Value, int Behind, int Column, bool IsItem, YamlNode Around, int Index);

    public bool IsItem(IReadOnlyList<string> path) => path.Count > 0 && Find(path).IsItem;

    public bool IsList(IReadOnlyList<string> path) => Find(path).Value is YamlList;

    /// <summary>Puts another value where one is.</summary>
    public string Set(IReadOnlyList<string> path, JsonNode? value)
    {
        var spot = Find(path);
        return Put(spot, Alike(spot.Value, value) ?? (spot.Value.IsInFlow ? WrittenValue.InLine(value, isInFlow: true) : WrittenValue.Of(value, _indents)));
    }

    /// <summary>Writes a member that is not there, or inserts an item.</summary>
    public string Add(IReadOnlyList<string> path, JsonNode? value)
    {
        var around = path.Count == 1 ? _root : Find([.. path.SkipLast(1)]).Value;
        return around switch
        {
            YamlMap map when map.IndexOf(path[^1]) >= 0 => Set(path, value),
            YamlMap { IsFlow: true, Members.Count: 0, IsInFlow: false } when path.Count > 1 => Set([.. path.SkipLast(1)], new JsonObject { [path[^1]] = value?.DeepClone() }),
            YamlMap { IsFlow: true } map => AddInBrackets(map, [.. map.Members.Select(member => (member.Key.Start, member.Value.End))], MemberOrder.Behind(NamesOf(map), path[^1]) + 1, InLine(path[^1], value)),
            YamlMap map => AddMember(map, path[^1], value),
            YamlList { Items.Count: 0, IsInFlow: false } => Set([.. path.SkipLast(1)], new JsonArray(value?.DeepClone())),
            YamlList { IsFlow: true } list => AddInBrackets(list, PlacesOf(list), IndexIn(list, path[^1]), WrittenValue.InLine(value, isInFlow: true).Head),
            YamlList list => AddItem(list, IndexIn(list, path[^1]), WrittenValue.Item(value, list.Items.All(item => item is YamlMap { IsFlow: true }) && value is JsonObject, _indents)),
            null or YamlScalar { IsEmpty: true } when path.Count == 1 => Below(_text.Length, WrittenValue.Member(path[^1], value, _indents)),
            _ => throw EditErrors.Unsafe(DocumentPath.Of(path)),
        };
    }

    public string Remove(IReadOnlyList<string> path)
    {
        var spot = Find(path);
        return spot.Around switch
        {
            YamlMap { Members.Count: 1 } or YamlList { Items.Count: 1 } => Empty(spot.Around, path),
            YamlMap { IsFlow: true } map => RemoveInBrackets([.. map.Members.Select(member => (member.Key.Start, member.Value.End))], spot.Index),
            YamlList { IsFlow: true } list => RemoveInBrackets(PlacesOf(list), spot.Index),
            YamlMap map => RemoveMember(map, spot),
            var list => RemoveItem((YamlList)list, spot, path),
        };
    }

    /// <summary>Gives a member another name.</summary>
    public string Rename(IReadOnlyList<string> path, string name)
    {
        var spot = Find(path);
        var key = ((YamlMap)spot.Around).Members[spot.Index].Key;
        return Splice(key.Start, key.End, WrittenValue.Key(name));
    }

    private Spot Find(IReadOnlyList<string> path)
    {
        var spot = new Spot(_root ?? throw EditErrors.Unsafe(""), 0, 0, IsItem: false, _root, 0);
        foreach (var part in path)
            spot = spot.Value switch
            {
                YamlMap map when map.IndexOf(part) is >= 0 and var index => new Spot(map.Members[index].Value, map.Members[index].Colon, Lines.ColumnOf(_text, map.Members[index].Key.Start), false, map, index),
                YamlList list when IndexIn(list, part) is var index && index < list.Items.Count =>
                    new Spot(list.Items[index], list.IsFlow ? list.Items[index].Start : list.Dashes[index] + 1, list.IsFlow ? 0 : Lines.ColumnOf(_text, list.Dashes[index]), true, list, index),
                _ => throw EditErrors.Unsafe(DocumentPath.Of(path)),
            };
        return spot;
    }

    private static int IndexIn(YamlList list, string part) => part == DocumentPath.End ? list.Items.Count : DocumentPath.IsIndex(part, out var index) ? index : list.Items.Count;

    private static List<string> NamesOf(YamlMap map) => [.. map.Members.Select(member => member.Key.Value)];

    private static List<(int Start, int End)> PlacesOf(YamlList list) => [.. list.Items.Select(item => (item.Start, item.End))];

    private static string InLine(string name, JsonNode? value) => $"{WrittenValue.Key(name)}: {WrittenValue.InLine(value, isInFlow: true).Head}";

    /// <summary>A text in the quotes or the block that the one before had; null where that cannot say it.</summary>
    private static WrittenValue? Alike(YamlNode old, JsonNode? value)
    {
        if (old is not YamlScalar scalar || value?.GetValueKind() is not System.Text.Json.JsonValueKind.String) return null;
        var text = value.GetValue<string>();
        if (scalar.IsBlock && WrittenText.Block(text) is var (head, lines)) return new WrittenValue(head, lines);
        if (text.Contains('\n')) return null;
        return scalar.Style switch
        {
            ScalarStyle.SingleQuoted when WrittenText.SingleQuoted(text) is { } quoted => new WrittenValue(quoted, []),
            ScalarStyle.DoubleQuoted => new WrittenValue(WrittenText.DoubleQuoted(text), []),
            _ => null,
        };
    }

    private string Put(Spot spot, WrittenValue written)
    {
        var (value, head) = (spot.Value, written.Head);
        if (written.IsInLine && value is { IsBlock: false }) return Splice(value.Start, value.End, value is YamlScalar { IsEmpty: true } && !IsBlank(value.Start - 1) ? $" {head}" : head);

        // What stands in the line behind the colon, dash or value is a comment at most: it stays there.
        var isBeside = spot.IsItem && value is YamlList { IsFlow: false } or YamlMap { IsFlow: false } && !IsAlone(spot);
        var begin = isBeside || !value.IsBlock || value is YamlScalar ? Math.Max(spot.Behind, value.Start) : spot.Behind;
        var (rest, end) = value switch
        {
            { IsBlock: false } => (Rest(value.End), Lines.EndOf(_text, value.End)),
            YamlScalar block => (HeadComment(block), block.End),
            _ when isBeside => (Rest(value.End), Lines.EndOf(_text, value.End)),
            _ => (Rest(spot.Behind), Lines.EndOf(_text, value.End)),
        };
        var columns = spot.IsItem ? spot.Column + 2 : spot.Column + (written.IsList ? _indents.List : _indents.Step);
        if (value is YamlScalar { IsBlock: true } && head.Length > 0) columns = ColumnOfBlock((YamlScalar)value) ?? columns;
        if (spot.IsItem && head.Length == 0 && rest.Length == 0)
            return Splice(spot.Behind, end, " " + string.Join(_lineEnd, WrittenValue.Indented(written.Below, columns)).TrimStart(' '));

        var lines = string.Concat(WrittenValue.Indented(written.Below, columns).Select(line => _lineEnd + line));
        var gap = head.Length == 0 || (begin > 0 && IsBlank(begin - 1)) ? "" : " ";
        return Splice(head.Length == 0 ? spot.Behind : begin, end, $"{gap}{head}{rest}{lines}");
    }

    /// <summary>The value begins in a line below the dash.</summary>
    private bool IsAlone(Spot spot) => _text.AsSpan(spot.Behind..spot.Value.Start).Contains('\n');

    private bool IsBlank(int at) => at >= 0 && _text[at] is ' ' or '\t' or '\n';

    /// <summary>The comment in the rest of a line, with the blanks before it.</summary>
    private string Rest(int from) => _text[from..Lines.EndOf(_text, from)].TrimEnd();

    private string HeadComment(YamlScalar block) =>
        _text[block.Start..Lines.EndOf(_text, block.Start)] is var head && head.IndexOfAny([' ', '\t']) is > 0 and var at ? head[at..].TrimEnd() : "";

    private int? ColumnOfBlock(YamlScalar block)
    {
        for (var at = Lines.AfterOf(_text, block.Start); at < block.End; at = Lines.AfterOf(_text, at))
            if (_text.AsSpan(at..Lines.EndOf(_text, at)) is var line && !line.IsWhiteSpace()) return line.Length - line.TrimStart(' ').Length;
        return null;
    }

    private string Splice(int begin, int end, string now) => string.Concat(_text.AsSpan(0, begin), now, _text.AsSpan(end));
}
