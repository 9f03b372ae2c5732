using System.Text.Encodings.Web;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Worker.Steps.Terraform;

/// <summary>A resource that is not as its configuration says.</summary>
/// <param name="Observed">In words that follow “is”.</param>
internal sealed record ResourceDifference(string Address, string Observed);

/// <summary>One member of a plan's <c>resource_changes</c>. Which attributes differ is told with their values, except what is or may be secret.</summary>
internal sealed record ResourceChange(string Address, IReadOnlyList<string> Actions, string Attributes)
{
    private const int LongestValue = 60, MostAttributes = 10;

    /// <summary>As the masker knows secrets in JSON.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsChange => Actions is not (["no-op"] or ["read"] or []);

    public bool IsAsDefined => Actions is ["no-op"];

    public ResourceDifference Difference => new(Address, Actions switch
    {
        ["create"] => "missing",
        ["delete"] => "there and not defined",
        ["update"] => $"different{Attributes}",
        ["forget"] => "there and no longer defined",
        _ when Does("create") => $"so different that it would be made anew{Attributes}",
        _ => $"different ({string.Join(" and ", Actions)}){Attributes}",
    });

    public bool Does(string action) => Actions.Contains(action);

    /// <exception cref="InvalidOperationException">It has another form.</exception>
    /// <exception cref="KeyNotFoundException">It has another form.</exception>
    public static ResourceChange Of(JsonElement resource)
    {
        var change = resource.GetProperty("change");
        var address = resource.GetProperty("address").GetString() ?? "";
        if (resource.TryGetProperty("deposed", out var deposed)) address = $"{address} (deposed {deposed.GetString()})"; // what a replacement left behind stands beside its successor
        return new ResourceChange(Clean(address), [.. ActionsOf(change)], Different(change));
    }

    public static List<string> ActionsOf(JsonElement change) => [.. change.GetProperty("actions").EnumerateArray().Select(action => Clean(action.GetString() ?? ""))];

    private static string Different(JsonElement change)
    {
        if (Member(change, "before") is not { ValueKind: JsonValueKind.Object } before || Member(change, "after") is not { ValueKind: JsonValueKind.Object } after) return "";

        var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(member => member.Name).Distinct().Where(name => !SaysTrue(Member(change, "after_unknown", name)));
        var told = names.Where(name => !Same(Member(before, name), Member(after, name))).Select(name => IsSensitive(change, name) ? $"{Clean(name)} (sensitive)" : $"{Clean(name)} is {Shown(name, Member(before, name))} and defined {Shown(name, Member(after, name))}").ToList();
        return told.Count switch
        {
            0 => "",
            <= MostAttributes => $": {string.Join(", ", told)}",
            _ => $": {string.Join(", ", told.Take(MostAttributes))}, and {told.Count - MostAttributes} more ({Digest.OfText(string.Join('\n', told)).Short})",
        };
    }

    private static bool IsSensitive(JsonElement change, string name) => SaysTrue(Member(change, "before_sensitive", name)) || SaysTrue(Member(change, "after_sensitive", name));

    /// <summary>What is marked within a value marks the value.</summary>
    private static bool SaysTrue(JsonElement? mark) => mark switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Object } members => members.EnumerateObject().Any(member => SaysTrue(member.Value)),
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray().Any(item => SaysTrue(item)),
        _ => false,
    };

    /// <summary>Whole or not at all: of half a secret nobody knows that it is one.</summary>
    private static string Shown(string name, JsonElement? value)
    {
        if (value is null or { ValueKind: JsonValueKind.Null }) return "nothing";

        var text = Clean(value.Value.ValueKind is JsonValueKind.String ? $"\"{value.Value.GetString()}\"" : JsonSerializer.Serialize(value.Value, Plain));
        var mayBeSecret = PlainSecrets.IsSecretName(name) || PlainSecrets.IsSecretName(text) || SecretName.LooksLikeValue(text) || PlainSecrets.In(name, text) is not null;
        return mayBeSecret ? "(hidden)" : text.Length <= LongestValue ? text : $"{text.Length} characters ({Digest.OfText(text).Short})";
    }

    private static bool Same(JsonElement? before, JsonElement? after) => (IsNothing(before) && IsNothing(after)) || (before is { } was && after is { } becomes && JsonElement.DeepEquals(was, becomes));

    private static bool IsNothing(JsonElement? value) => value is null or { ValueKind: JsonValueKind.Null };

    private static JsonElement? Member(JsonElement element, string name, string? below = null)
    {
        if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out var member)) return null;
        return below is null ? member : member.ValueKind is JsonValueKind.True ? member : Member(member, below);
    }

    private static string Clean(string text) => Printable.Of(text).ReplaceLineEndings(" ").Replace('\t', ' ');
}
