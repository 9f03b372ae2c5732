using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Asks a monitoring system which alerts are active, or whether it is well. An answer that is not whole is none.</summary>
internal sealed partial class AlertsSource(IHttpClientFactory clients)
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <returns>The alerts, or why nobody knows, in words that follow the source's address.</returns>
    public async Task<(IReadOnlyList<Alert>? Alerts, string? Trouble)> AskAsync(CheckIncidents settings, CancellationToken cancellationToken)
    {
        var path = settings.Speaks is AlertSource.Alertmanager ? $"/api/v2/alerts?active=true&silenced=false&inhibited=false{Filters(settings.Labels ?? new Dictionary<string, string>())}" : "/api/v1/alerts";
        var answer = await GetAsync(settings.Source, path, settings.Token, cancellationToken, MostBytes);
        if (answer.Objection(null, null) is { } objection) return (null, objection.TrimEnd('.'));

        var alerts = settings.Speaks is AlertSource.Alertmanager ? Alert.OfAlertmanager(answer.Body) : Alert.OfPrometheus(answer.Body);
        return alerts is null ? (null, $"answered something that is no list of alerts, or one above {MostBytes / 1024 / 1024} MiB: {answer.Summary}") : (alerts, null);
    }

    /// <summary>What the source answers at a path of its own.</summary>
    public async Task<HttpAnswer> GetAsync(string source, string path, string? token, CancellationToken cancellationToken, int mostBytes = HttpAnswer.MostBytes)
    {
        if (!Uri.TryCreate($"{source.TrimEnd('/')}{path}", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return new HttpAnswer(null, "", "is no address");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken, mostBytes);
    }

    /// <summary>Has Alertmanager leave out what would not count. Names that it does not read without quotes are compared here only, as all of them are again.</summary>
    internal static string Filters(IReadOnlyDictionary<string, string> labels) => string.Concat(labels.Where(label => LabelName().IsMatch(label.Key) && label.Value.Length > 0)
        .Select(label => $"&filter={Uri.EscapeDataString($"{label.Key}=\"{label.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"")}"));

    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]*\z")]
    private static partial Regex LabelName();
}
