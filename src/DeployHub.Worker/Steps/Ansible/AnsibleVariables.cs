using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>Extra variables as YAML whose texts are marked <c>!unsafe</c>, so that Ansible never takes a value for a template.</summary>
internal static class AnsibleVariables
{
    public static string Yaml(IReadOnlyDictionary<string, string> variables) => Map(variables.Select(variable => (variable.Key, Value(variable.Value))));

    private static string Value(string text)
    {
        if (text.TrimStart() is not ['[' or '{', ..]) return Text(text);
        try
        {
            return Value(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return Text(text);
        }
    }

    private static string Value(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => Map(members.Select(member => (member.Key, Value(member.Value)))),
        JsonArray items => $"[{string.Join(", ", items.Select(Value))}]",
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        var other => other.ToJsonString(),
    };

    private static string Map(IEnumerable<(string Name, string Value)> members) => $"{{{string.Join(", ", members.Select(member => $"{Quoted(member.Name)}: {member.Value}"))}}}";

    private static string Text(string text) => $"!unsafe {Quoted(text)}";

    /// <summary>Not as JSON does it, which writes some characters as two halves that YAML takes for two characters.</summary>
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char character) => character switch
    {
        '"' or '\\' => $"\\{character}",
        '\u2028' or '\u2029' or '\uFEFF' => Code(character),
        _ when char.IsControl(character) => Code(character),
        _ => character.ToString(),
    };

    private static string Code(char character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
}
