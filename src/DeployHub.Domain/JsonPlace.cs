using System.Globalization;
using System.Text.Json;

namespace DeployHub.Domain;

/// <summary>
/// A value in a JSON document that others wrote, with its place in it, so that a refusal says where. Whatever the bytes hold, reading ends in
/// a value or in a refusal: never in another exception, never in a stack without end.
/// </summary>
internal sealed class JsonPlace
{
    private const int LongestText = 16 * 1024;
    private const int DeepestNesting = 100;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DeepestNesting, AllowDuplicateProperties = false };

    private readonly JsonElement _element;
    private readonly JsonPlace? _parent;
    private readonly object? _step;

    private JsonPlace(JsonElement element, JsonPlace? parent = null, object? step = null) => (_element, _parent, _step) = (element, parent, step);

    /// <summary>Such as <c>components[3].version</c>; empty for the document itself.</summary>
    public string Path => _step switch
    {
        null => "",
        int index => string.Create(CultureInfo.InvariantCulture, $"{_parent!.Path}[{index}]"),
        var name when _parent!._step is null => $"{name}",
        var name => $"{_parent.Path}.{name}",
    };

    /// <summary>The document as its reader sees it, or a refusal with the code <c>noun.malformed</c> unless the reader says another rule.</summary>
    /// <param name="what">Begins the sentence, such as “The SBOM”.</param>
    public static Result<T> Read<T>(ReadOnlyMemory<byte> bytes, string noun, string what, Func<JsonPlace, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(bytes), Strict);
            return Result<T>.Succeeded(read(new JsonPlace(document.RootElement)));
        }
        catch (Refused refused)
        {
            return new Error(ErrorKind.Invalid, $"{noun}.{refused.Rule}", $"{what} {refused.Message}");
        }
        catch (JsonException exception)
        {
            return new Error(ErrorKind.Invalid, $"{noun}.malformed", $"{what} is no JSON that can be read without doubt{Where(exception)}: it is cut off, is nested deeper than {DeepestNesting}, or has a name twice.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            return new Error(ErrorKind.Invalid, $"{noun}.malformed", $"{what} has text that is no text: half of a character, or bytes that are not UTF-8.");
        }
    }

    public bool IsObject => _element.ValueKind is JsonValueKind.Object;

    public bool IsText => _element.ValueKind is JsonValueKind.String;

    /// <summary>Null when it is not there, or null.</summary>
    public JsonPlace? Member(string name)
    {
        if (!IsObject) throw Refuse("is no object");
        return _element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? new JsonPlace(value, this, name) : null;
    }

    /// <summary>The items of a list; none when it is not there.</summary>
    public IEnumerable<JsonPlace> Items(string name) => Member(name)?.Items() ?? [];

    /// <summary>The members of an object that names its entries.</summary>
    public IEnumerable<(string Name, JsonPlace Value)> Members()
    {
        if (!IsObject) throw Refuse("is no object");
        return _element.EnumerateObject().Select(member => (member.Name, new JsonPlace(member.Value, this, member.Name)));
    }

    public string? Text(string name) => Member(name)?.AsText();

    public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw Refuse($"has no {name}");

    public string AsText()
    {
        var text = Whole();
        return text.Length <= LongestText ? Clean(text) : throw Refuse($"is longer than {LongestText:N0} characters", "size");
    }

    /// <summary>The beginning of a text that may be of any length; null when it is not there.</summary>
    public string? BeginningOf(string name, int longest) => Member(name) is { } place ? place.Clean(Words.Beginning(place.Whole().Trim(), longest)) : null;

    /// <summary>A number; null when it is not there or fits into none.</summary>
    public decimal? Number(string name) => Member(name) is { _element.ValueKind: JsonValueKind.Number } number && number._element.TryGetDecimal(out var value) ? value : null;

    /// <summary>A count that may be written as text, as ProtoJSON writes those of 64 bits; null when it is not there.</summary>
    public long? Count(string name) => Member(name) switch
    {
        null => null,
        { IsText: true } text => long.TryParse(text.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : throw text.Refuse("is no count"),
        var number => number._element.ValueKind is JsonValueKind.Number && number._element.TryGetInt64(out var value) && value >= 0 ? value : throw number.Refuse("is no count"),
    };

    /// <summary>Base64 of any length; null when it is not there.</summary>
    public byte[]? Bytes(string name) => Member(name)?.AsBytes();

    public byte[] NeededBytes(string name) => Bytes(name) is { Length: > 0 } bytes ? bytes : throw Refuse($"has no {name}");

    public byte[] AsBytes() => IsText && _element.TryGetBytesFromBase64(out var bytes) ? bytes : throw Refuse("is no base64");

    /// <summary>A value that is neither list nor object, as it would be written; null for those.</summary>
    public string? Plain() => _element.ValueKind switch
    {
        JsonValueKind.String => AsText(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => _element.GetRawText(),
        _ => null,
    };

    public bool IsList => _element.ValueKind is JsonValueKind.Array;

    public DateTimeOffset? Instant(string name) => Member(name) is { } place ? place.AsInstant() : null;

    /// <param name="sentence">Goes on from the name of the place, such as “is no text”.</param>
    public Exception Refuse(string sentence, string rule = "malformed") => new Refused(rule, Path.Length == 0 ? $"{sentence}." : $"cannot be used: {Beginning(Path)} {sentence}.");

    private static string Beginning(string path) => Words.Beginning(new string([.. path.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)]), 200);

    private string Whole() => IsText ? _element.GetString()! : throw Refuse("is no text");

    private string Clean(string text) => text.Contains('\0') ? throw Refuse("holds U+0000, which no text may") : text;

    public IEnumerable<JsonPlace> Items()
    {
        if (_element.ValueKind is not JsonValueKind.Array) throw Refuse("is no list");
        return _element.EnumerateArray().Select((item, index) => new JsonPlace(item, this, index));
    }

    private DateTimeOffset AsInstant() =>
        DateTimeOffset.TryParse(AsText(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : throw Refuse("is no instant such as 2026-11-29T10:00:00Z");

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static string Where(JsonException exception) => exception.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1})") : "";

    private sealed class Refused(string rule, string message) : Exception(message)
    {
        public string Rule => rule;
    }
}
