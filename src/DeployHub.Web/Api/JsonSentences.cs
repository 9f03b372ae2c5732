using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DeployHub.Domain;

namespace DeployHub.Web.Api;

/// <summary>Says what is wrong with a JSON body: which field, and what would be right.</summary>
internal static partial class JsonSentences
{
    /// <param name="body">What the endpoint expects, to say which values would fit; null when it is not known.</param>
    public static Error Of(JsonException exception, Type? body)
    {
        if (Quoted(Unmapped(), exception) is { } unknown) return Error.Invalid("json.unknown-field", Inside(exception, unknown), $"There is no field “{unknown}” here. Check how it is written.");
        if (Quoted(Missing(), exception) is { } missing) return MissingFields(exception, missing);
        if (Quoted(Duplicate(), exception) is { } twice) return Error.Invalid("json.duplicate-field", Inside(exception, twice), $"The field “{twice}” is there twice. Keep one.");
        if (Quoted(NotNull(), exception) is { } empty) return Null(exception, JsonNamingPolicy.CamelCase.ConvertName(empty));

        var path = Path(exception);
        return path.Length == 0 || exception.InnerException?.GetType().Name == "JsonReaderException"
            ? new Error(ErrorKind.Invalid, "json.malformed", $"The body is not the JSON that is expected here{Position(exception)}. Check brackets, quotes and commas.")
            : Error.Invalid("json.wrong-value", path, $"“{path}” has a value that does not fit{Expected(JsonPaths.TypeAt(body, path))}.");
    }

    /// <summary>For an object that comes in several kinds and does not say which it is.</summary>
    public static Error MissingKind(NotSupportedException exception)
    {
        var field = PathInText().Match(exception.Message) is { Success: true } path ? path.Groups[1].Value : "body";
        return Error.Invalid("json.missing-field", $"{field}.kind", $"“{field}” must say its “kind” and have the fields of that kind.");
    }

    private static Error MissingFields(JsonException exception, string quoted)
    {
        var names = Name().Matches(quoted).Select(match => match.Groups[1].Value).ToArray();
        return new Error(ErrorKind.Invalid, "json.missing-field", $"{Words.List(names.Select(name => $"“{name}”"))} must be given.")
        {
            Fields = names.ToDictionary(name => Inside(exception, name), name => new[] { $"“{name}” must be given." }),
        };
    }

    private static Error Null(JsonException exception, string field) =>
        Error.Invalid("json.null", Inside(exception, field), $"The field “{field}” must not be null.");

    private static string? Quoted(Regex form, JsonException exception) => form.Match(exception.Message) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Without the sign of the whole body: <c>a.b</c>, or <c>[0].a</c> where that is a list.</summary>
    private static string Path(JsonException exception) => exception.Path is { Length: > 2 } path ? path[(path[1] == '.' ? 2 : 1)..] : "";

    /// <summary>The parser tells the object's path, for some faults already the member's own.</summary>
    private static string Inside(JsonException exception, string field)
    {
        var path = Path(exception);
        if (path.Length == 0) return field;
        return path == field || path.EndsWith($".{field}", StringComparison.Ordinal) ? path : $"{path}.{field}";
    }

    private static string Position(JsonException exception) => exception.LineNumber is { } line ? $" (line {line + 1})" : "";

    private static string Expected(Type? type) => (Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
    {
        { IsEnum: true } choice => $": write one of {Words.List(NamesOf(choice))}",
        { } number when number == typeof(int) || number == typeof(long) => ": write a whole number without quotes",
        { } yesNo when yesNo == typeof(bool) => ": write true or false without quotes",
        { } text when text == typeof(string) => ": write text in quotes",
        { } time when time == typeof(DateTimeOffset) => ": write a time such as 2026-03-01T10:00:00Z",
        { } kinds when JsonPaths.KindsOf(kinds) is { Count: > 0 } names => $": its “kind” is one of {Words.List(names)}",
        { } names when JsonPaths.ItemOf(names) is not null && names.Name.Contains("Dictionary") => ": write an object of names and texts",
        { } list when JsonPaths.ItemOf(list) is not null => ": write a list in square brackets",
        _ => "",
    };

    /// <summary>As they are written in JSON.</summary>
    private static IEnumerable<string> NamesOf(Type choice) =>
        choice.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    [GeneratedRegex("^The JSON property '(.+?)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (.+)$")]
    private static partial Regex Missing();

    [GeneratedRegex("^Duplicate property '(.+?)' encountered")]
    private static partial Regex Duplicate();

    [GeneratedRegex("^The (?:constructor parameter|property or field) '(.+?)' on type .+ doesn't allow")]
    private static partial Regex NotNull();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Name();

    [GeneratedRegex(@"Path: \$\.([^ ]+)")]
    private static partial Regex PathInText();
}
