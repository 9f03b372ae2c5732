using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>
/// One YAML document. A parser tells where each value stands, and the text is changed there: writing the document anew would lose its
/// comments and its form. What was written is read back before it counts.
/// </summary>
internal static partial class YamlText
{
    public static string Set(string text, string path, string value, bool add)
    {
        var parts = ValuePath.Parts(path);
        var (found, missing) = Find(Read(text), parts, text, path);
        if (missing.Count > 0 && !add) throw ValuePath.NotThere(path);

        var edited = missing.Count > 0 ? Add(text, found, missing, value, path) : found is Scalar scalar ? Replace(text, scalar, value, path) : throw Collection(found!, path);
        if (edited != text && !Says(edited, parts, path, value)) throw new UneditableException($"is written in a way in which “{path}” cannot be changed safely");
        return edited;
    }

    /// <summary>As far as the path leads, and the parts that are not there.</summary>
    private static (Node? Found, IReadOnlyList<string> Missing) Find(Node? root, IReadOnlyList<string> parts, string text, string path)
    {
        var at = root;
        for (var i = 0; i < parts.Count; i++)
        {
            if (at is null or Scalar { IsEmpty: true }) return (at, [.. parts.Skip(i)]);
            if (at is Alias alias) throw new UneditableException($"has an alias on the way to “{path}”: change what it stands for", alias.Line);

            var next = at switch
            {
                Map map => Only(map, parts[i], path),
                Items items when ValuePath.IsIndex(parts[i], out var index) => items.Nodes.ElementAtOrDefault(index),
                Items items => throw new UneditableException($"has a list where “{parts[i]}” of “{path}” would be; its items are numbered from 0", items.Line),
                _ => throw new UneditableException($"has a single value where “{parts[i]}” of “{path}” would be", at.Line),
            };
            if (next is null) return (at, [.. parts.Skip(i)]);
            at = next;
        }

        return at is Alias last ? throw new UneditableException($"has an alias at “{path}”: change what it stands for", last.Line) : (at, []);
    }

    private static Node? Only(Map map, string name, string path)
    {
        var same = map.Members.Where(member => member.Key is Scalar key && key.Value == name).Take(2).ToList();
        return same.Count == 2 ? throw ValuePath.Twice(path, same[1].Key.Line) : same.FirstOrDefault().Value;
    }

    private static UneditableException Collection(Node node, string path) => new($"has values of its own inside “{path}”: name one of them", node.Line);

    private static bool Says(string text, IReadOnlyList<string> parts, string path, string value)
    {
        try
        {
            return Find(Read(text), parts, text, path) is (Scalar scalar, []) && string.Equals(scalar.Value, value, scalar.IsText ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }
        catch (UneditableException)
        {
            return false;
        }
    }

    private static string Replace(string text, Scalar old, string value, string path)
    {
        if (old.IsText ? old.Value == value : string.Equals(old.Value, value, StringComparison.Ordinal)) return text;
        if (old.IsMarked) throw new UneditableException($"has an anchor or a tag at “{path}”, which stays with people", old.Line);

        var token = old switch
        {
            { IsText: true } => Text(value, old.Style),
            { IsEmpty: true } => $" {Literal(value)}",
            _ when Number().IsMatch(old.Value) => Typed.IsNumber(value) ? value : throw new UneditableException($"has a number at “{path}”, and the new value is none", old.Line),
            _ when Flag().IsMatch(old.Value) => Flag().IsMatch(value) ? value : throw new UneditableException($"has true or false at “{path}”, and the new value is neither", old.Line),
            _ => Literal(value),
        };
        var end = old.Style is ScalarStyle.Literal or ScalarStyle.Folded ? old.Start + text[old.Start..old.End].TrimEnd().Length : old.End;
        return ConfigurationText.Splice(text, old.Start, end, token);
    }

    private static string Add(string text, Node? into, IReadOnlyList<string> parts, string value, string path)
    {
        var lineEnd = ConfigurationText.LineEndOf(text);
        switch (into)
        {
            case null:
                return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : lineEnd)}{Lines(parts, value, 0, lineEnd)}{lineEnd}";
            case Scalar { IsEmpty: true, IsMarked: false } empty:
                var key = text.LastIndexOf('\n', Math.Max(empty.Start - 1, 0)) + 1;
                return BelowLine(text, empty.Start, Lines(parts, value, text[key..].TakeWhile(character => character is ' ' or '-').Count() + 2, lineEnd), lineEnd);
            case Map { IsFlow: true } map:
                var inside = string.Concat(parts.Take(parts.Count - 1).Select(part => $"{Key(part)}: {{ ")) + $"{Key(parts[^1])}: {Literal(value)}" + string.Concat(parts.Skip(1).Select(_ => " }"));
                return map.Members.Count > 0 ? text.Insert(map.Members[^1].Value.LastEnd(text), $", {inside}") : text.Insert(map.End - 1, $" {inside} ");
            case Map map:
                return BelowLine(text, map.LastEnd(text), Lines(parts, value, map.Column, lineEnd), lineEnd);
            default:
                throw new UneditableException($"has a list on the way to “{path}”; only mappings are added to", into.Line);
        }
    }

    private static string BelowLine(string text, int position, string lines, string lineEnd) => text.Insert(ConfigurationText.EndOfLine(text, position), lineEnd + lines);

    private static string Lines(IReadOnlyList<string> parts, string value, int indentation, string lineEnd) =>
        string.Join(lineEnd, parts.Select((part, depth) => $"{new string(' ', indentation + depth * 2)}{Key(part)}:{(depth == parts.Count - 1 ? $" {Literal(value)}" : "")}"));

    private static string Key(string part) => IsPlain(part) ? part : Typed.Quoted(part);

    private static string Literal(string value) => IsPlain(value) ? value : Typed.Literal(value);

    /// <summary>In the style it had, where that can say it.</summary>
    private static string Text(string value, ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted when !value.Any(char.IsControl) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
        ScalarStyle.Plain when IsPlain(value) => value,
        _ => Typed.Quoted(value),
    };

    /// <summary>Means itself in every place without quotes, and is no number, true, false or null to any reader.</summary>
    private static bool IsPlain(string value) => Plain().IsMatch(value) && !Number().IsMatch(value) && !Flag().IsMatch(value) && !Nothing().IsMatch(value);

    private static Node? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;

            parser.Consume<DocumentStart>();
            var root = Value(parser, text, 0);
            parser.Consume<DocumentEnd>();
            return parser.Accept<DocumentStart>(out var second) ? throw new UneditableException("holds more than one YAML document", (int)second.Start.Line) : root;
        }
        catch (YamlException exception)
        {
            throw new UneditableException("is no valid YAML", Math.Min((int)exception.Start.Line, ConfigurationText.LineOf(text, text.Length))); // the end counts as a line more
        }
    }

    private static Node Value(Parser parser, string text, int depth)
    {
        if (depth == ConfigurationText.MostLevels) throw new UneditableException($"nests deeper than {ConfigurationText.MostLevels} levels", (int)parser.Current!.Start.Line);
        if (parser.TryConsume<AnchorAlias>(out var alias)) return new Alias(alias);
        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar)) return new Scalar(scalar);
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new Items(list);
            while (!parser.Accept<SequenceEnd>(out _)) items.Nodes.Add(Value(parser, text, depth + 1));
            parser.Consume<SequenceEnd>();
            if (items.IsFlow) items.End = EndOfFlow(text, items.Nodes.LastOrDefault()?.LastEnd(text) ?? items.Start, ']');
            return items;
        }

        var map = new Map(parser.Consume<MappingStart>());
        while (!parser.Accept<MappingEnd>(out _)) map.Members.Add((Value(parser, text, depth + 1), Value(parser, text, depth + 1)));
        parser.Consume<MappingEnd>();
        if (map.IsFlow) map.End = EndOfFlow(text, map.Members.LastOrDefault().Value?.LastEnd(text) ?? map.Start, '}');
        return map;
    }

    /// <summary>The parser does not say reliably where brackets close.</summary>
    private static int EndOfFlow(string text, int from, char bracket) => text.IndexOf(bracket, from) + 1;

    [GeneratedRegex(@"^[-+]?(0x[0-9A-Fa-f_]+|0o?[0-7_]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9]+([eE][-+]?[0-9]+)?|\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Flag();

    [GeneratedRegex(@"^(~|null|)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^[\p{L}/_][\p{L}\p{N}/_.@%+=-]*(([ ]|:(?![\s]|\z))[\p{L}\p{N}/_.@%+=-]+)*\z")]
    private static partial Regex Plain();

    private abstract class Node(ParsingEvent begins)
    {
        public int Start { get; } = (int)begins.Start.Index;

        public int End { get; set; } = (int)begins.End.Index;

        public int Line { get; } = (int)begins.Start.Line;

        /// <summary>Where the last character of its content stands, for whatever is put behind it.</summary>
        public virtual int LastEnd(string text) => End;
    }

    private sealed class Alias(AnchorAlias alias) : Node(alias);

    private sealed class Scalar(YamlDotNet.Core.Events.Scalar scalar) : Node(scalar)
    {
        public string Value => scalar.Value;

        public ScalarStyle Style => scalar.Style;

        public bool IsMarked => !scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty;

        /// <summary>Nothing is written there.</summary>
        public bool IsEmpty => scalar.Style is ScalarStyle.Plain && scalar.Value.Length == 0;

        public bool IsText => scalar.Style is not ScalarStyle.Plain || !(Number().IsMatch(Value) || Flag().IsMatch(Value) || Nothing().IsMatch(Value));

        public override int LastEnd(string text) => Start + text[Start..End].TrimEnd().Length;
    }

    private sealed class Items(SequenceStart list) : Node(list)
    {
        public List<Node> Nodes { get; } = [];

        public bool IsFlow => list.Style is SequenceStyle.Flow;

        public override int LastEnd(string text) => IsFlow || Nodes.Count == 0 ? End : Nodes[^1].LastEnd(text);
    }

    private sealed class Map(MappingStart map) : Node(map)
    {
        public List<(Node Key, Node Value)> Members { get; } = [];

        public bool IsFlow => map.Style is MappingStyle.Flow;

        /// <summary>How many characters stand before its names.</summary>
        public int Column => (int)map.Start.Column - 1;

        public override int LastEnd(string text) => IsFlow || Members.Count == 0 ? End : Members[^1].Value.LastEnd(text);
    }
}
