using System.Text.Json;
using DeployHub.Domain;

namespace DeployHub.Worker.Checks;

/// <summary>An alert that is active now.</summary>
/// <param name="Summary">Its annotation <c>summary</c>; null for none.</param>
internal sealed record Alert(IReadOnlyDictionary<string, string> Labels, string? Since, string? Summary)
{
    private const int LongestText = 200;

    public string Name => Labels.GetValueOrDefault("alertname", "an alert without a name");

    /// <summary>What Prometheus answers at <c>/api/v1/alerts</c>; null when it is no such answer.</summary>
    public static IReadOnlyList<Alert>? OfPrometheus(string json) => Read(json, root =>
        root.GetProperty("status").GetString() is "success" ? [.. root.GetProperty("data").GetProperty("alerts").EnumerateArray().Where(alert => alert.GetProperty("state").GetString() is not ("pending" or "inactive")).Select(alert => Of(alert, "activeAt"))] : null);

    /// <summary>What Alertmanager answers at <c>/api/v2/alerts</c>; null when it is no such answer.</summary>
    public static IReadOnlyList<Alert>? OfAlertmanager(string json) => Read(json, root =>
        [.. root.EnumerateArray().Where(alert => alert.GetProperty("status").GetProperty("state").GetString() is not "suppressed").Select(alert => Of(alert, "startsAt"))]);

    /// <summary>Every label that is asked for has that value, and its severity counts; one that says no severity does.</summary>
    public bool Counts(IReadOnlyDictionary<string, string> labels, IReadOnlyList<string> severities, string severityLabel) =>
        labels.All(label => Labels.GetValueOrDefault(label.Key) == label.Value)
        && (severities.Count == 0 || !Labels.TryGetValue(severityLabel, out var severity) || severity.Length == 0 || severities.Contains(severity, StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<Alert>? Read(string json, Func<JsonElement, IReadOnlyList<Alert>?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Alert Of(JsonElement alert, string since)
    {
        var labels = alert.GetProperty("labels").EnumerateObject().GroupBy(label => label.Name).ToDictionary(label => label.Key, label => label.Last().Value.GetString() ?? "");
        var annotations = alert.TryGetProperty("annotations", out var all) && all.ValueKind is JsonValueKind.Object ? all : default;
        return new Alert(labels, alert.TryGetProperty(since, out var at) ? Shown(at) : null, annotations.ValueKind is JsonValueKind.Object && annotations.TryGetProperty("summary", out var summary) ? Shown(summary) : null);
    }

    private static string? Shown(JsonElement text) => text.ValueKind is JsonValueKind.String ? Words.Beginning(Printable.Of(text.GetString()!).ReplaceLineEndings(" "), LongestText) : null;
}
