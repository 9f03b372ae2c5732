using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.UnitTests.Models.Editing;

/// <summary>Any edits, one after the other, on the models that are shipped: they are done or refused, and no comment is ever lost that was not taken away.</summary>
public sealed class EditingEveryModel
{
    private static readonly string[] Texts =
    [
        "plain", "two words", "a: b", "# no", "multi\nline\n", "a\n\nb", "'q'", "\"dq\"", "", "10%", "7", "true", "~", "- x", "${target.port}", "ünï 😀", " leads", "trails ", "x #y",
        "{a}", "[b", @"a\b", "tab\there", "|", "&a", "*b", "!c", "@d", "null", "1.10", "a,b", "key:", "? q",
    ];

    public static TheoryData<string> Slugs => [.. Directory.EnumerateFiles(Path.Combine(Written.Root, "samples", "models"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory, MemberData(nameof(Slugs))]
    public void Keeps_every_comment_and_says_what_was_asked_for(string slug)
    {
        var random = new Random(7);
        var (text, edited) = (Written.Shipped(slug), 0);
        for (var i = 0; i < 300; i++)
        {
            if (i % 10 == 0) text = i % 20 == 0 ? Written.Shipped(slug) : Written.Shipped(slug).Replace("\n", "\r\n");
            var edit = Any(random, YamlEdit.Read(text).Value);
            var result = YamlEdit.Apply(text, [edit]);
            if (result.Error is { } refused)
            {
                edit.Op.ShouldBe(EditOperation.Move, $"{edit} is refused: {refused.Message}\n{text}");
                refused.Code.ShouldBeOneOf("model.edit-unsafe", "model.edit-no-place", "model.edit-elsewhere", "model.edit-not-there");
                continue;
            }

            edited++;
            if (edit.Op is EditOperation.Add or EditOperation.Move) Comments(result.Value).ShouldBe(Comments(text), $"{edit}");
            if (text.Contains("\r\n")) result.Value.Replace("\r\n", "").ShouldNotContain('\n', $"{edit}");
            text = result.Value;
        }

        edited.ShouldBeGreaterThan(200);
    }

    private static DocumentEdit Any(Random random, JsonNode document)
    {
        var places = Places(document, "").ToList();
        var (path, node, _) = places[random.Next(places.Count)];
        return (random.Next(4), node) switch
        {
            (0, _) => new DocumentEdit(EditOperation.Remove, path),
            (1, JsonArray items) => new DocumentEdit(EditOperation.Add, DocumentPath.Inside(path, random.Next(items.Count + 1)), Value(random, 0)),
            (1, JsonObject) => new DocumentEdit(EditOperation.Add, DocumentPath.Inside(path, Texts[random.Next(Texts.Length)]), Value(random, 0)),
            (2, _) => Moved(random, places),
            _ => new DocumentEdit(EditOperation.Replace, path, Value(random, 0)),
        };
    }

    private static DocumentEdit Moved(Random random, List<(string Path, JsonNode? Node, JsonNode Around)> places)
    {
        var items = places.Where(place => place.Around is JsonArray).ToList();
        var from = items[random.Next(items.Count)];
        var lists = places.Where(place => place.Node is JsonArray && !$"{place.Path}/".StartsWith($"{from.Path}/", StringComparison.Ordinal)).ToList();
        return new DocumentEdit(EditOperation.Move, DocumentPath.Inside(lists[random.Next(lists.Count)].Path, 0), From: from.Path);
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth < 2 ? 5 : 3) switch
    {
        0 => JsonValue.Create(random.Next(100)),
        1 or 2 => JsonValue.Create(Texts[random.Next(Texts.Length)]),
        3 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(number => KeyValuePair.Create($"k{number}", Value(random, depth + 1)))),
    };

    private static IEnumerable<(string Path, JsonNode? Node, JsonNode Around)> Places(JsonNode? node, string path)
    {
        var inside = node switch
        {
            JsonObject members => members.Select(member => (DocumentPath.Inside(path, member.Key), member.Value)),
            JsonArray items => items.Select((item, index) => (DocumentPath.Inside(path, index), item)),
            _ => [],
        };
        return inside.SelectMany(place => Places(place.Item2, place.Item1).Prepend((place.Item1, place.Item2, node!)));
    }

    private static List<string> Comments(string text) =>
        [.. text.Split('\n').Where(line => line.TrimStart().StartsWith("# ", StringComparison.Ordinal) || line.Contains(" # ")).Select(line => line[line.IndexOf("# ", StringComparison.Ordinal)..].TrimEnd()).Order(StringComparer.Ordinal)];
}
