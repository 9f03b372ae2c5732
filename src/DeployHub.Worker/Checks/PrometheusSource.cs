using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>One number, or why there is none.</summary>
internal readonly record struct MetricValue(double Number, string? Trouble);

/// <summary>Asks a server that speaks Prometheus' HTTP API for the value of an expression now.</summary>
internal sealed class PrometheusSource(IHttpClientFactory clients)
{
    public async Task<MetricValue> AskAsync(CheckMetric settings, string query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.Source.TrimEnd('/')}/api/v1/query") { Content = new FormUrlEncodedContent([KeyValuePair.Create("query", query)]) };
        if (settings.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
        return answer.Trouble is { } trouble ? Nothing(trouble) : Read(answer);
    }

    private static MetricValue Read(HttpAnswer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.GetProperty("status").GetString() is not "success") return Nothing($"was refused: {root.GetProperty("error").GetString()}");

            var data = root.GetProperty("data");
            return data.GetProperty("resultType").GetString() switch
            {
                "scalar" => Number(data.GetProperty("result")),
                "vector" => Single(data.GetProperty("result")),
                var other => Nothing($"gives a {other}, not one value"),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Nothing($"answered something that is no answer of Prometheus: {answer.Summary}");
        }
    }

    private static MetricValue Single(JsonElement vector) => vector.GetArrayLength() switch
    {
        0 => Nothing("gives no value"),
        1 => Number(vector[0].GetProperty("value")),
        var many => Nothing($"gives {many} values where one is needed: add sum(…) or a label"),
    };

    private static MetricValue Number(JsonElement sample) =>
        double.TryParse(sample[1].GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new MetricValue(number, null)
            : Nothing($"gives {sample[1].GetString()}, which is no number to compare");

    private static MetricValue Nothing(string trouble) => new(double.NaN, trouble);
}
