using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>YAML as JSON, as kubectl reads it: aliases are written out, and only a scalar without quotes is anything else than text.</summary>
internal sealed class YamlReader
{
    private const int MostLevels = 64;
    private const int MostNodes = 200_000;

    private readonly List<ParsingEvent> _events = [];
    private readonly Dictionary<string, int> _anchors = [];
    private int _at;
    private int _left;

    /// <exception cref="YamlException">It is no YAML.</exception>
    public YamlReader(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        while (parser.MoveNext()) _events.Add(parser.Current!);
    }

    /// <summary>Every document that is not empty, with the line where it begins.</summary>
    public IEnumerable<(JsonNode Content, int Line)> Documents()
    {
        while (_at < _events.Count)
        {
            if (_events[_at++] is not DocumentStart begins) continue;

            _left = MostNodes;
            _anchors.Clear();
            if (Node(0) is { } content) yield return (content, (int)begins.Start.Line);
        }
    }

    private JsonNode? Node(int depth)
    {
        if (depth > MostLevels || --_left < 0) throw new ClusterRefusedException("The manifests nest too deep or are too large.");

        var begins = _events[_at++];
        if (begins is NodeEvent node && !node.Anchor.IsEmpty) _anchors[node.Anchor.Value] = _at - 1;
        return begins switch
        {
            AnchorAlias alias => Again(alias, depth),
            MappingStart => Members(depth),
            SequenceStart => Items(depth),
            Scalar scalar => IsText(scalar) ? JsonValue.Create(scalar.Value) : PlainScalar.Read(scalar.Value),
            _ => throw new YamlException(begins.Start, begins.End, "A node is missing."),
        };
    }

    private JsonObject Members(int depth)
    {
        var members = new JsonObject();
        while (_events[_at] is not MappingEnd)
        {
            var key = _events[_at++] as Scalar ?? throw new YamlException(_events[_at - 1].Start, _events[_at - 1].End, "A key is no scalar.");
            members[key.Value] = Node(depth + 1);
        }

        _at++;
        return members;
    }

    private JsonArray Items(int depth)
    {
        var items = new JsonArray();
        while (_events[_at] is not SequenceEnd) items.Add(Node(depth + 1));
        _at++;
        return items;
    }

    /// <summary>Reads what the anchor marks once more; one that holds itself ends at the limit of levels.</summary>
    private JsonNode? Again(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var marked)) throw new YamlException(alias.Start, alias.End, "An alias has no anchor.");

        var next = _at;
        _at = marked;
        var node = Node(depth + 1);
        _at = next;
        return node;
    }

    private static bool IsText(Scalar scalar) => scalar.Style is not ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value is ("!" or "tag:yaml.org,2002:str"));
}
