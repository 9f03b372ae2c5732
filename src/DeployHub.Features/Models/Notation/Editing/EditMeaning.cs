using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>What a text says, apart from how it is written, and what an edit makes of that. Every scalar is a text, as everywhere in the notation.</summary>
internal static class EditMeaning
{
    /// <summary>An empty document says as much as one without members.</summary>
    /// <exception cref="UnreadableException">It is not one plain YAML document.</exception>
    public static JsonNode Of(string yaml) => (IsEmpty(yaml) ? null : Of(YamlSource.Read(SourceLimits.Checked(yaml)))) ?? new JsonObject();

    /// <summary>The same value as the notation knows it.</summary>
    public static JsonNode? Of(JsonNode? value, string path)
    {
        try
        {
            return value switch
            {
                JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, path)))),
                JsonArray items => new JsonArray([.. items.Select(item => Of(item, path))]),
                _ => value is null ? null : JsonValue.Create(value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()),
            };
        }
        catch (ArgumentException)
        {
            throw EditErrors.Twice(path);
        }
        catch (InvalidOperationException)
        {
            throw EditErrors.Unstorable(path);
        }
    }

    /// <summary>Does the edit to what was said; refused when there is no such place.</summary>
    public static void Apply(JsonNode document, DocumentEdit edit)
    {
        if (edit.Op is EditOperation.Move)
        {
            if ($"{edit.Path}/".StartsWith($"{edit.From}/", StringComparison.Ordinal) && edit.Path != edit.From) throw EditErrors.Inside(edit.From!, edit.Path);
            var moved = At(document, edit.From!)?.DeepClone();
            if (edit.Path == edit.From) return;
            Remove(document, edit.From!);
            if (Around(document, edit.Path) is (JsonObject members, var name) && members.ContainsKey(name)) throw EditErrors.Taken(edit.Path);
            Add(document, edit.Path, moved);
            return;
        }

        var value = Of(edit.Value, edit.Path);
        switch (edit.Op)
        {
            case EditOperation.Test when At(document, edit.Path) is var stands && !JsonNode.DeepEquals(stands, value): throw EditErrors.Differs(edit.Path, Shown(stands));
            case EditOperation.Add: Add(document, edit.Path, value); break;
            case EditOperation.Remove: Remove(document, edit.Path); break;
            case EditOperation.Replace: Replace(document, edit.Path, value); break;
        }
    }

    /// <summary>Null where nothing is written; refused where there is no such place.</summary>
    public static JsonNode? At(JsonNode document, string path)
    {
        JsonNode? at = document;
        foreach (var part in DocumentPath.Parts(path)!)
            at = at switch
            {
                JsonObject members when members.TryGetPropertyValue(part, out var member) => member,
                JsonArray items when DocumentPath.IsIndex(part, out var index) && index < items.Count => items[index],
                _ => throw EditErrors.NotThere(path),
            };
        return at;
    }

    private static void Add(JsonNode document, string path, JsonNode? value)
    {
        switch (Around(document, path))
        {
            case (JsonObject members, var name): members[name] = value; break;
            case (JsonArray items, DocumentPath.End): items.Add(value); break;
            case (JsonArray items, var part) when DocumentPath.IsIndex(part, out var index) && index <= items.Count: items.Insert(index, value); break;
            default: throw EditErrors.NoPlace(path, DocumentPath.Split(path).Around);
        }
    }

    private static void Remove(JsonNode document, string path)
    {
        At(document, path);
        if (Around(document, path) is (JsonObject members, var name)) members.Remove(name);
        else if (Around(document, path) is (JsonArray items, var part) && DocumentPath.IsIndex(part, out var index)) items.RemoveAt(index);
    }

    private static void Replace(JsonNode document, string path, JsonNode? value)
    {
        At(document, path);
        if (Around(document, path) is (JsonObject members, var name)) members[name] = value;
        else if (Around(document, path) is (JsonArray items, var part) && DocumentPath.IsIndex(part, out var index)) items[index] = value;
    }

    private static (JsonNode? Around, string Name) Around(JsonNode document, string path)
    {
        if (path.Length == 0) throw EditErrors.Whole();
        var (around, name) = DocumentPath.Split(path);
        return (At(document, around), name);
    }

    private static string Shown(JsonNode? value) => value is JsonValue text ? $"“{text.GetValue<string>()}”" : value?.ToJsonString() ?? "nothing";

    private static JsonNode? Of(Source source) => source switch
    {
        SourceMap map => new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Name.Text, Of(member.Value)))),
        SourceList list => new JsonArray([.. list.Items.Select(Of)]),
        SourceText text => JsonValue.Create(text.Text),
        _ => null,
    };

    private static bool IsEmpty(string yaml) => yaml.Split('\n').All(line => line.AsSpan().Trim() is [] or ['#', ..]);
}
