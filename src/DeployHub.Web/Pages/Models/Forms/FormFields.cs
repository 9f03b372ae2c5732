using System.Globalization;
using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>From what the schema says of a place and what a document says there to the inputs of a form.</summary>
internal static class FormFields
{
    /// <summary>Texts that people write in sentences or lines.</summary>
    private static readonly string[] Long = ["purpose", "description", "instruction", "statement", "forwardFixPlan", "command", "body", "query", "sql"];

    /// <param name="leaves">Names that the form of this place does not ask for.</param>
    public static IReadOnlyList<FormEntry> Of(JsonObject shape, JsonNode? said, string path, params string[] leaves)
    {
        var (members, required) = (said as JsonObject, FormSchema.Required(shape));
        var known = FormSchema.Members(shape, members).Where(member => !leaves.Contains(member.Name)).ToList();
        return
        [
            .. known.Select(member => Of(member.Name, member.Shape, members?[member.Name], DocumentPath.Inside(path, member.Name), required.Contains(member.Name))),
            .. (members ?? []).Where(member => !leaves.Contains(member.Key) && known.All(other => other.Name != member.Key))
                .Select(member => Unknown(member.Key, member.Value, DocumentPath.Inside(path, member.Key))),
        ];
    }

    private static FormEntry Of(string name, JsonObject shape, JsonNode? said, string path, bool isRequired)
    {
        var (label, hint) = (LabelOf(name), $"{shape["description"]}");
        var types = FormSchema.Types(shape);
        if (types is ["array"] && FormSchema.Resolved(shape["items"]!.AsObject()) is var item && FormSchema.Types(item) is ["object"] && said is null or JsonArray)
            return new FormItems(path, label, hint, isRequired, [.. (said as JsonArray ?? []).Select((one, place) => Item(item, one, DocumentPath.Inside(path, place), $"{label} {place + 1}"))]);
        if (types is ["object"] && shape["properties"] is not null && said is null or JsonObject)
            return new FormGroup(path, label, hint, isRequired, Of(shape, said, path), said is JsonObject);

        var (kind, choices) = KindOf(name, shape, types);
        return new FormField(path, label, hint, isRequired, Fits(kind, said, choices) ? Longer(kind, said) : FieldKind.OnlyInText, said, choices, types, $"{shape["default"]}");
    }

    /// <summary>Some names are the notation's own; the others are words.</summary>
    private static string LabelOf(string name) => name switch
    {
        "uses" => "What it does",
        "with" => "What it is told",
        "preAuthorised" => "Pre-authorised standard changes",
        _ when name.EndsWith("MiB", StringComparison.Ordinal) || name.EndsWith("KiB", StringComparison.Ordinal) => $"{Words.Title(name[..^3])} {name[^3..]}",
        _ => Words.Title(name),
    };

    private static FormGroup Item(JsonObject shape, JsonNode? said, string path, string label) => new(path, label, "", IsRequired: false, Of(shape, said, path));

    private static FormField Unknown(string name, JsonNode? said, string path) =>
        new(path, Words.Title(name), "The form has no input for this.", IsRequired: false, FieldKind.OnlyInText, said, [], [], "");

    private static (FieldKind Kind, IReadOnlyList<string> Choices) KindOf(string name, JsonObject shape, IReadOnlyList<string> types)
    {
        if (FormSchema.Choices(shape) is { Count: > 0 } choices) return (FieldKind.Choice, choices);
        return types switch
        {
            ["array"] when FormSchema.Choices(shape["items"]!.AsObject()) is { Count: > 0 } several => (FieldKind.Several, several),
            ["array"] => (FieldKind.Lines, []),
            ["object"] => (FieldKind.Pairs, []),
            ["boolean"] => (FieldKind.Flag, ["true", "false"]),
            ["integer"] => (FieldKind.Number, []),
            _ => (Long.Contains(name) ? FieldKind.LongText : FieldKind.Text, []),
        };
    }

    /// <summary>Whether the control can show what is said and give it back the same.</summary>
    private static bool Fits(FieldKind kind, JsonNode? said, IReadOnlyList<string> choices) => kind switch
    {
        _ when said is null => true,
        FieldKind.Several => said is JsonArray items && items.All(item => choices.Contains($"{item}")),
        FieldKind.Lines => said is JsonArray lines && lines.All(line => IsLine(line) && $"{line}".Length > 0),
        FieldKind.Pairs => said is JsonObject pairs && pairs.All(pair => IsLine(pair.Value) && pair.Key.Trim() == pair.Key && !pair.Key.Contains(": ", StringComparison.Ordinal)),
        FieldKind.Number => int.TryParse($"{said}", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        FieldKind.Choice or FieldKind.Flag => said is JsonValue && choices.Contains($"{said}"),
        _ => said is JsonValue,
    };

    /// <summary>A text that reads the same when the blanks around it are cut off.</summary>
    private static bool IsLine(JsonNode? said) => said is JsonValue && $"{said}" is var text && text.Trim() == text && !text.Contains('\n');

    private static FieldKind Longer(FieldKind kind, JsonNode? said) =>
        kind is FieldKind.Text && $"{said}" is var text && (text.Contains('\n') || text.Length > 120) ? FieldKind.LongText : kind;
}
