using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads one YAML document by its events. Anchors, aliases and tags are refused, so nothing can be larger than it looks.</summary>
internal sealed class YamlSource
{
    private readonly Parser _parser;
    private readonly string _noun;

    private YamlSource(string text, string noun) => (_parser, _noun) = (new Parser(new Scanner(new StringReader(text), skipComments: true)), noun);

    /// <param name="noun">What it is a document of.</param>
    /// <exception cref="UnreadableException">It is not one plain YAML document.</exception>
    public static Source Read(string text, string noun = "model")
    {
        var source = new YamlSource(text, noun);
        try
        {
            return source.Document();
        }
        catch (YamlException exception)
        {
            var (line, column) = YamlComplaint.PlaceOf(exception, text);
            throw new UnreadableException(YamlComplaint.InWords(exception.Message), line, column);
        }
        catch (InvalidOperationException)
        {
            throw source.Lost(); // the parser’s own answer to some broken texts
        }
    }

    private UnreadableException Lost() =>
        new("This is not YAML from here on.", (int)(_parser.Current?.End.Line ?? 1), (int)(_parser.Current?.End.Column ?? 1));

    private Source Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end)) throw Refuse(end, "The document is empty.");
        _parser.Consume<DocumentStart>();
        var root = Node(depth: 1);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _)) throw Refuse(_parser.Current!, $"Write one {_noun} in one document; a second one begins here.");
        return root;
    }

    private Source Node(int depth)
    {
        if (depth > SourceLimits.Depth) throw Refuse(_parser.Current!, SourceLimits.TooDeep);
        if (_parser.Accept<AnchorAlias>(out var alias)) throw Refuse(alias, "Aliases are not read here: write it out.");
        if (_parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)) throw Refuse(node, "Anchors and tags are not read here: write it plainly.");
        if (_parser.TryConsume<Scalar>(out var scalar)) return Text(scalar);
        if (_parser.TryConsume<SequenceStart>(out var list)) return List(list, depth);
        return Map(_parser.Consume<MappingStart>(), depth);
    }

    private static Source Text(Scalar scalar)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        if (scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null") return new SourceNull(line, column);
        return SourceLimits.Checked(new SourceText(scalar.Value, line, column));
    }

    private SourceList List(SequenceStart start, int depth)
    {
        var items = new List<Source>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return new SourceList(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private SourceMap Map(MappingStart start, int depth)
    {
        var members = new List<(SourceText, Source)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out var key)) throw Refuse(_parser.Current!, "A name is plain text here.");
            if (Node(depth + 1) is not SourceText name) throw Refuse(key, "A name must not be empty.");
            if (!names.Add(name.Text)) throw Refuse(key, $"“{name.Text}” is written twice.");
            members.Add((name, Node(depth + 1)));
        }

        return new SourceMap(members, (int)start.Start.Line, (int)start.Start.Column);
    }

    private static UnreadableException Refuse(ParsingEvent at, string sentence) => new(sentence, (int)at.Start.Line, (int)at.Start.Column);
}
