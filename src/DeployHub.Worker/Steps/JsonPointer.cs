using System.Globalization;
using System.Text.Json;

namespace DeployHub.Worker.Steps;

/// <summary>One value in a JSON text by its path such as <c>/order/items/0/id</c> (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>Texts as they are, all else as JSON; null when nothing is there, or it is null, or the text is no JSON.</summary>
    public static string? Find(string json, string pointer)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement? found = document.RootElement;
            foreach (var step in pointer.Split('/').Skip(1)) found = found is { } here ? Below(here, step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) : null;
            return found switch
            {
                null or { ValueKind: JsonValueKind.Null } => null,
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                var other => other.Value.GetRawText(),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Below(JsonElement here, string step) => here.ValueKind switch
    {
        JsonValueKind.Object when here.TryGetProperty(step, out var member) => member,
        JsonValueKind.Array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < here.GetArrayLength() => here[index],
        _ => null,
    };
}
