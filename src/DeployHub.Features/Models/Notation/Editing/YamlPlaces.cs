using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Finds where each piece of a text stands that <see cref="YamlSource"/> can read. The parser knows most of it; brackets, dashes and colons are looked up.</summary>
internal sealed class YamlPlaces
{
    private readonly string _text;
    private readonly Parser _parser;

    private YamlPlaces(string text) => (_text, _parser) = (text, new Parser(new Scanner(new StringReader(text), skipComments: true)));

    /// <summary>Null when there is nothing but white space and comments.</summary>
    /// <exception cref="UneditableException">A bracket, dash or colon is not where it has to be.</exception>
    public static YamlNode? Read(string text)
    {
        var places = new YamlPlaces(text);
        places._parser.Consume<StreamStart>();
        if (places._parser.Accept<StreamEnd>(out _)) return null;

        places._parser.Consume<DocumentStart>();
        return places.Node(isInFlow: false);
    }

    private YamlNode Node(bool isInFlow)
    {
        if (_parser.TryConsume<Scalar>(out var scalar)) return Text(scalar, isInFlow);
        if (_parser.TryConsume<SequenceStart>(out var list)) return List(list, isInFlow);
        return Map(_parser.Consume<MappingStart>(), isInFlow);
    }

    private YamlScalar Text(Scalar scalar, bool isInFlow)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        if (scalar is { Style: ScalarStyle.Plain, Value.Length: 0 }) start = end = Behind(0, start);
        else if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded) end = KeepsBlankLines(start) ? WithoutLineEnd(end) : Behind(start, end);
        else end = Behind(start, end);
        return new YamlScalar(scalar.Value, scalar.Style, start, end, isInFlow);
    }

    private YamlList List(SequenceStart begin, bool isInFlow)
    {
        var (start, isFlow) = ((int)begin.Start.Index, begin.Style is SequenceStyle.Flow);
        var (items, dashes) = (new List<YamlNode>(), new List<int>());
        SequenceEnd? end;
        while (!_parser.TryConsume<SequenceEnd>(out end))
        {
            if (!isFlow) dashes.Add(Next('-', items.Count == 0 ? start : items[^1].End));
            items.Add(Node(isInFlow || isFlow));
        }

        return new YamlList(items, dashes, isFlow, start, isFlow ? Closed(']', start, end) : items[^1].End, isInFlow);
    }

    private YamlMap Map(MappingStart begin, bool isInFlow)
    {
        var (start, isFlow) = ((int)begin.Start.Index, begin.Style is MappingStyle.Flow);
        var members = new List<YamlMember>();
        MappingEnd? end;
        while (!_parser.TryConsume<MappingEnd>(out end))
        {
            var key = (YamlScalar)Node(isInFlow || isFlow);
            var value = Node(isInFlow || isFlow);
            members.Add(new YamlMember(key, value is YamlScalar { IsEmpty: true } && value.End == key.End ? key.End : Next(':', key.End) + 1, value));
        }

        return new YamlMap(members, isFlow, start, isFlow ? Closed('}', start, end) : members[^1].Value.End, isInFlow);
    }

    private int Behind(int from, int end) => from + _text.AsSpan(from, end - from).TrimEnd().Length;

    private int WithoutLineEnd(int end) => end > 0 && _text[end - 1] == '\n' ? end - (end > 1 && _text[end - 2] == '\r' ? 2 : 1) : end;

    /// <summary>The blank lines behind a text whose head has a + belong to it.</summary>
    private bool KeepsBlankLines(int start) => _text.AsSpan(start, Math.Min(3, _text.Length - start)).Contains('+');

    /// <summary>Where a mark stands that only white space and comments keep from the place before it.</summary>
    private int Next(char mark, int from)
    {
        for (var at = from; at < _text.Length; at++)
            if (_text[at] == mark) return at;
            else if (_text[at] == '#') at = Lines.EndOf(_text, at) - 1;
            else if (!char.IsWhiteSpace(_text[at])) break;
        throw EditErrors.Unsafe("");
    }

    private int Closed(char bracket, int start, ParsingEvent? end)
    {
        var at = (int)(end?.Start.Index ?? 0);
        if (at >= _text.Length || _text[at] != bracket || "[{".IndexOf(_text[start], StringComparison.Ordinal) < 0) throw EditErrors.Unsafe("");
        return at + 1;
    }
}
