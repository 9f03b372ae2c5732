using System.Text.Json;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Reads what a store wrote in JSON, expecting nothing of it.</summary>
internal static class StoreJson
{
    /// <exception cref="StoreRefusedException">It is no JSON object, or holds text that is none.</exception>
    public static JsonElement Parse(byte[] bytes, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            ReadTexts(document.RootElement);
            if (document.RootElement.ValueKind is JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // said below
        }

        throw new StoreRefusedException($"{what} is not in the JSON that it should be.");
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Half a character is legal in JSON and no text: whoever reads it later, by value or by name, would stumble.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
        }
    }
}
