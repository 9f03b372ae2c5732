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
            YamlMap { IsFlow: true } map => AddInBrackets(map, PlacesOf(map), MemberOrder.Behind(NamesOf(map), path[^1]) + 1, InLine(path[^1], value)),
            YamlMap map => AddMember(map, path[^1], value),
            YamlList { Items.Count: 0, IsInFlow: false } => Set([.. path.SkipLast(1)], new JsonArray(value?.DeepClone())),
            YamlList { IsFlow: true } list => AddInBrackets(list, PlacesOf(list), IndexIn(list, path[^1]), WrittenValue.InLine(value, isInFlow: true).Head),
            YamlList list => AddItem(list, IndexIn(list, path[^1]), WrittenValue.Item(value, AreInBrackets(list) && value is JsonObject, _indents)),
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
            YamlMap { IsFlow: true } map => RemoveInBrackets(PlacesOf(map), spot.Index),
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
                YamlMap map when map.IndexOf(part) is >= 0 and var index => SpotOf(map, index),
                YamlList list when IndexIn(list, part) is var index && index < list.Items.Count => SpotOf(list, index),
                _ => throw EditErrors.Unsafe(DocumentPath.Of(path)),
            };
        return spot;
    }

    private Spot SpotOf(YamlMap map, int index) =>
        new(map.Members[index].Value, map.Members[index].Colon, Lines.ColumnOf(_text, map.Members[index].Key.Start), IsItem: false, map, index);

    private Spot SpotOf(YamlList list, int index) => list.IsFlow
        ? new Spot(list.Items[index], list.Items[index].Start, 0, IsItem: true, list, index)
        : new Spot(list.Items[index], list.Dashes[index] + 1, Lines.ColumnOf(_text, list.Dashes[index]), IsItem: true, list, index);

    private static int IndexIn(YamlList list, string part) => part != DocumentPath.End && DocumentPath.IsIndex(part, out var index) ? index : list.Items.Count;

    private static bool AreInBrackets(YamlList list) => list.Items.All(item => item is YamlMap { IsFlow: true });

    private static List<string> NamesOf(YamlMap map) => [.. map.Members.Select(member => member.Key.Value)];

    private static List<(int Start, int End)> PlacesOf(YamlMap map) => [.. map.Members.Select(member => (member.Key.Start, member.Value.End))];

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
        if (written.IsInLine && !value.IsBlock) return Splice(value.Start, value.End, value is YamlScalar { IsEmpty: true } && !IsBlank(value.Start - 1) ? $" {head}" : head);

        var (begin, end, rest) = Room(spot);
        var columns = value is YamlScalar { IsBlock: true } block && head.Length > 0 ? ColumnOfBlock(block) ?? ColumnBelow(spot, written) : ColumnBelow(spot, written);
        var below = WrittenValue.Indented(written.Below, columns);
        if (head.Length > 0) return Splice(begin, end, $"{(begin > 0 && IsBlank(begin - 1) ? "" : " ")}{head}{rest}{string.Concat(below.Select(line => _lineEnd + line))}");

        var isBesideDash = spot.IsItem && rest.Length == 0;
        return Splice(spot.Behind, end, isBesideDash ? $" {string.Join(_lineEnd, below).TrimStart(' ')}" : $"{rest}{string.Concat(below.Select(line => _lineEnd + line))}");
    }

    /// <summary>What gives way to another value, and the comment in its line, which stays.</summary>
    private (int Begin, int End, string Comment) Room(Spot spot) => spot.Value switch
    {
        { IsBlock: false } value => (Math.Max(spot.Behind, value.Start), Lines.EndOf(_text, value.End), Rest(value.End)),
        YamlScalar block => (block.Start, block.End, HeadComment(block)),
        var value when spot.IsItem && !IsAlone(spot) => (value.Start, Lines.EndOf(_text, value.End), Rest(value.End)),
        var value => (spot.Behind, Lines.EndOf(_text, value.End), Rest(spot.Behind)),
    };

    private int ColumnBelow(Spot spot, WrittenValue written) => spot.Column + (spot.IsItem ? 2 : written.IsList ? _indents.List : _indents.Step);

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
