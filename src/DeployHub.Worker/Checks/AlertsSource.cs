using System.Net.Http.Headers;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Asks a monitoring system which alerts are active, or whether it is well. An answer that is not whole is none.</summary>
internal sealed class AlertsSource(IHttpClientFactory clients)
{
    /// <returns>The alerts, or why nobody knows, in words that follow the source's address.</returns>
    public async Task<(IReadOnlyList<Alert>? Alerts, string? Trouble)> AskAsync(CheckIncidents settings, CancellationToken cancellationToken)
    {
        var path = settings.Speaks is AlertSource.Alertmanager ? "/api/v2/alerts?active=true&silenced=false&inhibited=false" : "/api/v1/alerts";
        var answer = await GetAsync(settings.Source, path, settings.Token, cancellationToken);
        if (answer.Objection(null, null) is { } objection) return (null, objection.TrimEnd('.'));

        var alerts = settings.Speaks is AlertSource.Alertmanager ? Alert.OfAlertmanager(answer.Body) : Alert.OfPrometheus(answer.Body);
        return alerts is null ? (null, $"answered something that is no list of alerts, or one above 1 MiB: {answer.Summary}") : (alerts, null);
    }

    /// <summary>What the source answers at a path of its own.</summary>
    public async Task<HttpAnswer> GetAsync(string source, string path, string? token, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"{source.TrimEnd('/')}{path}", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return new HttpAnswer(null, "", "is no address");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
    }
}
