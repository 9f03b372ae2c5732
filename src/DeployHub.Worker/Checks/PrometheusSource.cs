using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>One number, or why there is none.</summary>
internal readonly record struct MetricValue(double Number, string? Trouble);

/// <summary>The samples of one series, NaN and infinity among them, or why there are none.</summary>
internal readonly record struct MetricSeries(IReadOnlyList<double> Samples, string? Trouble);

/// <summary>A stretch of time and the distance of its samples.</summary>
internal readonly record struct MetricRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step);

/// <summary>A server that speaks Prometheus' HTTP API.</summary>
/// <param name="Token">Bearer token; null when it asks for none.</param>
internal readonly record struct MetricServer(string Address, string? Token);

/// <summary>Asks a server for the value of an expression now, or for its samples over a while.</summary>
internal sealed class PrometheusSource(IHttpClientFactory clients)
{
    private const int MostShown = 200;

    public async Task<MetricValue> AskAsync(MetricServer server, string query, CancellationToken cancellationToken)
    {
        var (number, trouble) = Read(await PostAsync(server, "query", [KeyValuePair.Create("query", query)], cancellationToken), (type, result) => type switch
        {
            "scalar" => Number(result),
            "vector" => Single(result),
            var other => (double.NaN, $"gives a {other}, not one value"),
        });
        return new MetricValue(trouble is null ? number : double.NaN, trouble);
    }

    public async Task<MetricSeries> AskAsync(MetricServer server, string query, MetricRange range, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] question = [new("query", query), new("start", Seconds(range.From - DateTimeOffset.UnixEpoch)), new("end", Seconds(range.To - DateTimeOffset.UnixEpoch)), new("step", Seconds(range.Step))];
        var (samples, trouble) = Read(await PostAsync(server, "query_range", question, cancellationToken), (type, result) => type is "matrix" ? Series(result) : ([], $"gives a {type}, not a series"));
        return new MetricSeries(samples ?? [], trouble);
    }

    private async Task<HttpAnswer> PostAsync(MetricServer server, string what, IEnumerable<KeyValuePair<string, string>> question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address.TrimEnd('/')}/api/v1/{what}") { Content = new FormUrlEncodedContent(question) };
        if (server.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
    }

    private static (T? Value, string? Trouble) Read<T>(HttpAnswer answer, Func<string?, JsonElement, (T, string?)> read)
    {
        if (answer.Trouble is { } trouble) return (default, trouble);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.GetProperty("status").GetString() is not "success") return (default, $"was refused: {Words.Beginning(root.GetProperty("error").GetString() ?? "", MostShown).ReplaceLineEndings(" ")}");

            var data = root.GetProperty("data");
            return read(data.GetProperty("resultType").GetString(), data.GetProperty("result"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return (default, $"answered something that is no answer of Prometheus: {answer.Summary}");
        }
    }

    private static (double, string?) Single(JsonElement vector) => vector.GetArrayLength() switch
    {
        0 => (double.NaN, "gives no value"),
        1 => Number(vector[0].GetProperty("value")),
        var many => (double.NaN, $"gives {many} values where one is needed: add sum(…) or a label"),
    };

    private static (IReadOnlyList<double>, string?) Series(JsonElement matrix) => matrix.GetArrayLength() switch
    {
        0 => ([], null),
        1 => ([.. matrix[0].GetProperty("values").EnumerateArray().Select(Sample)], null),
        var many => ([], $"gives {many} series where one is needed: add sum(…) or a label"),
    };

    private static (double, string?) Number(JsonElement sample) =>
        Sample(sample) is var number && double.IsFinite(number) ? (number, null) : (double.NaN, $"gives {sample[1].GetString()}, which is no number to compare");

    private static double Sample(JsonElement sample) => sample[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
