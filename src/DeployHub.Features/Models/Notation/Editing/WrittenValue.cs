using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>A value as it is going to stand in a text, before anybody knows how far it is indented.</summary>
/// <param name="Head">What stands behind the colon or dash itself; empty when everything stands below.</param>
/// <param name="Below">Lines below it, indented among themselves.</param>
/// <param name="IsList">The lines are items, which some people do not indent.</param>
internal sealed record WrittenValue(string Head, IReadOnlyList<string> Below, bool IsList = false)
{
    private const int LongestMap = 60;
    private const int LongestList = 100;

    public bool IsInLine => Below.Count == 0;

    /// <param name="indents">How the text around it is indented.</param>
    public static WrittenValue Of(JsonNode? value, Indents indents)
    {
        if (value is JsonValue && Text(value) is { } text && text.Contains('\n') && WrittenText.Block(text) is var (head, lines)) return new WrittenValue(head, lines);
        return IsShort(value) ? InLine(value, isInFlow: false) : new WrittenValue("", Lines(value, indents), value is JsonArray);
    }

    public static WrittenValue InLine(JsonNode? value, bool isInFlow) => new(Flow(value, isInFlow), []);

    /// <summary>A member with its value, from the column of its name on.</summary>
    public static IReadOnlyList<string> Member(string name, JsonNode? value, Indents indents)
    {
        var written = Of(value, indents);
        return [$"{Key(name)}:{(written.Head.Length > 0 ? $" {written.Head}" : "")}", .. Indented(written.Below, written.IsList ? indents.List : indents.Step)];
    }

    /// <summary>An item, from the column of its dash on.</summary>
    public static IReadOnlyList<string> Item(JsonNode? value, bool inBrackets, Indents indents)
    {
        var written = inBrackets ? InLine(value, isInFlow: false) : value is JsonObject { Count: > 0 } ? new WrittenValue("", Lines(value, indents)) : Of(value, indents);
        return written.Head.Length > 0 ? [$"- {written.Head}", .. Indented(written.Below, 2)] : Hanging(written.Below);
    }

    public static string Key(string name) => WrittenText.InLine(name, isInFlow: true);

    /// <summary>In brackets and in one line.</summary>
    private static string Flow(JsonNode? value, bool isInFlow) => value switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonArray { Count: 0 } => "[]",
        JsonObject members => $"{{ {string.Join(", ", members.Select(member => $"{Key(member.Key)}: {Flow(member.Value, isInFlow: true)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(item => Flow(item, isInFlow: true)))}]",
        _ => Text(value) is { } text ? WrittenText.InLine(text, isInFlow) : value?.ToJsonString() ?? "null",
    };

    private static List<string> Lines(JsonNode? value, Indents indents) => value switch
    {
        JsonObject members => [.. members.SelectMany(member => Member(member.Key, member.Value, indents))],
        JsonArray items => [.. items.SelectMany(item => Item(item, inBrackets: false, indents))],
        _ => [Flow(value, isInFlow: false)],
    };

    /// <summary>People write it in one line.</summary>
    private static bool IsShort(JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } members => members.All(member => IsScalar(member.Value)) && Flow(value, isInFlow: false).Length <= LongestMap,
        JsonArray { Count: > 0 } items => items.All(IsScalar) && Flow(value, isInFlow: false).Length <= LongestList,
        _ => true,
    };

    private static bool IsScalar(JsonNode? value) => value is null || (value is JsonValue && Text(value)?.Contains('\n') is not true);

    /// <summary>Null for a number, true or false.</summary>
    private static string? Text(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    private static List<string> Hanging(IReadOnlyList<string> lines) => [$"- {lines[0]}", .. Indented(lines.Skip(1), 2)];

    public static IEnumerable<string> Indented(IEnumerable<string> lines, int columns) => lines.Select(line => line.Length == 0 ? line : new string(' ', columns) + line);
}
