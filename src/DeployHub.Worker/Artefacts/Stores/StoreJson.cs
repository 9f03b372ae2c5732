using System.Text.Json;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Reads what a store wrote in JSON, expecting nothing of it.</summary>
internal static class StoreJson
{
    /// <exception cref="StoreRefusedException">It is no JSON object.</exception>
    public static JsonElement Parse(byte[] bytes, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind is JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // said below
        }

        throw new StoreRefusedException($"{what} is not in the JSON that it should be.");
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
