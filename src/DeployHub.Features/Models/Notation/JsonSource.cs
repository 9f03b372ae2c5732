using System.Text;
using System.Text.Json;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads a JSON document with the places of its values.</summary>
internal ref struct JsonSource
{
    private readonly byte[] _bytes;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _lineStart;
    private int _seen;

    private JsonSource(byte[] bytes)
    {
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
    }

    /// <exception cref="UnreadableException">It is not one JSON document.</exception>
    public static Source Read(string text)
    {
        try
        {
            var source = new JsonSource(Encoding.UTF8.GetBytes(text));
            source._reader.Read();
            var root = source.Node(depth: 1);
            source._reader.Read(); // throws when something follows
            return root;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var place = exception as JsonException;
            throw new UnreadableException($"This is not JSON: {exception.Message.Split(" LineNumber:")[0]}", (int)(place?.LineNumber ?? 0) + 1, (int)(place?.BytePositionInLine ?? 0) + 1);
        }
    }

    private Source Node(int depth)
    {
        var (line, column) = Place();
        if (depth > SourceLimits.Depth) throw new UnreadableException(SourceLimits.TooDeep, line, column);
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(depth, line, column),
            JsonTokenType.StartArray => List(depth, line, column),
            JsonTokenType.Null => new SourceNull(line, column),
            JsonTokenType.String => SourceLimits.Checked(new SourceText(_reader.GetString()!, line, column)),
            _ => new SourceText(Encoding.UTF8.GetString(_reader.ValueSpan), line, column),
        };
    }

    private SourceList List(int depth, int line, int column)
    {
        var items = new List<Source>();
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray) items.Add(Node(depth + 1));
        return new SourceList(items, line, column);
    }

    private SourceMap Map(int depth, int line, int column)
    {
        var members = new List<(SourceText, Source)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndObject)
        {
            var place = Place();
            var name = SourceLimits.Checked(new SourceText(_reader.GetString()!, place.Line, place.Column));
            if (!names.Add(name.Text)) throw new UnreadableException($"“{name.Text}” is written twice.", place.Line, place.Column);
            _reader.Read();
            members.Add((name, Node(depth + 1)));
        }

        return new SourceMap(members, line, column);
    }

    private (int Line, int Column) Place()
    {
        var start = (int)_reader.TokenStartIndex;
        for (; _seen < start; _seen++)
            if (_bytes[_seen] == '\n') (_line, _lineStart) = (_line + 1, _seen + 1);
        return (_line, Encoding.UTF8.GetCharCount(_bytes.AsSpan(_lineStart..start)) + 1);
    }
}
