using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>JSON with comments and trailing commas, as .NET reads it. Values are replaced where they stand.</summary>
internal static partial class JsonText
{
    private static readonly JsonReaderOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = ConfigurationText.MostLevels };

    public static string Set(string text, string path, string value, bool add)
    {
        var at = Read(text);
        var parts = ValuePath.Parts(path);
        for (var i = 0; i < parts.Count; i++)
        {
            if (Inside(text, at, parts[i], path) is { } next) at = next;
            else return add ? Add(text, at, [.. parts.Skip(i)], value, path) : throw ValuePath.NotThere(path);
        }

        return Token(text, at, value, path) is { } token ? ConfigurationText.Splice(text, at.Start, at.End, token) : text;
    }

    private static Node? Inside(string text, Node node, string part, string path)
    {
        if (node.Kind is JsonTokenType.StartObject)
        {
            var same = node.Members.Where(member => member.Name == part).Take(2).ToList();
            return same.Count == 2 ? throw ValuePath.Twice(path, ConfigurationText.LineOf(text, same[1].Start)) : same.FirstOrDefault();
        }

        if (node.Kind is JsonTokenType.StartArray && ValuePath.IsIndex(part, out var index)) return node.Members.ElementAtOrDefault(index);
        throw new UneditableException(
            node.Kind is JsonTokenType.StartArray ? $"has a list where “{part}” of “{path}” would be; its items are numbered from 0" : $"has a single value where “{part}” of “{path}” would be", ConfigurationText.LineOf(text, node.Start));
    }

    /// <summary>What to write instead; null when it says so already.</summary>
    private static string? Token(string text, Node node, string value, string path)
    {
        var now = text[node.Start..node.End];
        var line = ConfigurationText.LineOf(text, node.Start);
        return node.Kind switch
        {
            JsonTokenType.String => node.Text == value ? null : Typed.Quoted(value),
            JsonTokenType.Number when !Typed.IsNumber(value) => throw new UneditableException($"has a number at “{path}”, and the new value is none", line),
            JsonTokenType.Number => now == value ? null : value,
            JsonTokenType.True or JsonTokenType.False when !bool.TryParse(value, out _) => throw new UneditableException($"has true or false at “{path}”, and the new value is neither", line),
            JsonTokenType.True or JsonTokenType.False => now == Flag(value) ? null : Flag(value),
            JsonTokenType.Null => Typed.Literal(value) is var literal && literal == now ? null : literal,
            _ => Whole(now, value) is { } whole ? (whole == now ? null : whole) : throw new UneditableException($"has values of its own inside “{path}”: name one of them, or give the whole as JSON", line),
        };
    }

    private static string Flag(string value) => bool.Parse(value) ? "true" : "false";

    /// <summary>A whole object or list for another one; what means the same stays as it is written. Null when the value is none.</summary>
    private static string? Whole(string now, string value)
    {
        try
        {
            var document = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = ConfigurationText.MostLevels };
            var (old, wanted) = (JsonNode.Parse(now, documentOptions: document), JsonNode.Parse(value, documentOptions: document));
            if (old?.GetType() != wanted?.GetType()) return null;
            return JsonNode.DeepEquals(old, wanted) ? now : value;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string Add(string text, Node into, IReadOnlyList<string> parts, string value, string path)
    {
        var isList = into.Kind is JsonTokenType.StartArray;
        if (isList && (!ValuePath.IsIndex(parts[0], out var index) || index != into.Members.Count))
            throw new UneditableException($"has {into.Members.Count} items in the list on the way to “{path}”, so the next one is {into.Members.Count}", ConfigurationText.LineOf(text, into.Start));

        var added = Typed.Literal(value);
        for (var i = parts.Count - 1; i > 0; i--) added = $"{{ {Typed.Quoted(parts[i])}: {added} }}";
        if (!isList) added = $"{Typed.Quoted(parts[0])}: {added}";
        return into.Members.Count == 0 ? IntoEmpty(text, into, added) : After(text, into.Members[^1], added);
    }

    private static string IntoEmpty(string text, Node into, string added)
    {
        var inner = text[(into.Start + 1)..(into.End - 1)];
        return string.IsNullOrWhiteSpace(inner)
            ? ConfigurationText.Splice(text, into.Start + 1, into.End - 1, $" {added} ")
            : ConfigurationText.Splice(text, into.End - 1, into.End - 1, $"{added} "); // only a comment stands in it
    }

    /// <summary>On a line of its own where the one before has one, behind that one's comment.</summary>
    private static string After(string text, Node last, string added)
    {
        var begin = text.LastIndexOf('\n', Math.Max(last.Begins - 1, 0)) + 1;
        var indentation = text[begin..last.Begins];
        if (!string.IsNullOrWhiteSpace(indentation) || begin == 0) return text.Insert(last.End, $", {added}");

        var lineEnd = ConfigurationText.EndOfLine(text, last.End);
        var fresh = $"{ConfigurationText.LineEndOf(text)}{indentation}{added}";
        var rest = text[last.End..lineEnd];
        if (!RestOfLine().IsMatch(rest)) return text.Insert(last.End, $",{fresh}");
        return rest.TrimStart().StartsWith(',') ? text.Insert(lineEnd, $"{fresh},") : text.Insert(lineEnd, fresh).Insert(last.End, ",");
    }

    private static Node Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes, Reading);
            reader.Read();
            var root = Value(ref reader, new Offsets(bytes), null, 0);
            while (reader.Read())
            {
                // only comments may follow; anything else throws
            }

            return root;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            throw new UneditableException(exception.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"nests deeper than {ConfigurationText.MostLevels} levels" : "is no valid JSON", line);
        }
    }

    private static Node Value(ref Utf8JsonReader reader, Offsets offsets, string? name, int begins)
    {
        var start = offsets.ToText(reader.TokenStartIndex);
        var node = new Node(reader.TokenType, name, name is null ? start : begins, start) { Text = reader.TokenType is JsonTokenType.String ? reader.GetString() : null };
        while (node.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (node.Kind is JsonTokenType.StartArray)
            {
                node.Members.Add(Value(ref reader, offsets, null, 0));
                continue;
            }

            var (member, at) = (reader.GetString(), offsets.ToText(reader.TokenStartIndex));
            reader.Read();
            node.Members.Add(Value(ref reader, offsets, member, at));
        }

        node.End = offsets.ToText(reader.BytesConsumed);
        return node;
    }

    /// <summary>The line ends after the value, or goes on with nothing but a comma and one comment.</summary>
    [GeneratedRegex(@"^\s*,?\s*(//.*|/\*((?!\*/).)*\*/\s*)?\z")]
    private static partial Regex RestOfLine();

    /// <param name="Begins">Where its name stands, or itself in a list.</param>
    private sealed record Node(JsonTokenType Kind, string? Name, int Begins, int Start)
    {
        public int End { get; set; }

        public string? Text { get; init; }

        public List<Node> Members { get; } = [];
    }

    /// <summary>Positions of bytes as positions of characters; asked in rising order.</summary>
    private sealed class Offsets(byte[] bytes)
    {
        private int _byte, _character;

        public int ToText(long position)
        {
            _character += Encoding.UTF8.GetCharCount(bytes, _byte, (int)position - _byte);
            _byte = (int)position;
            return _character;
        }
    }
}
