using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DeployHub.Cli.Talking;

/// <summary>
/// The server's REST interface. Reads, and moves with their <c>Idempotency-Key</c>, are sent again when the line breaks; a text is written
/// once. Proxies and trusted certificates are those of the environment: <c>HTTPS_PROXY</c>, <c>NO_PROXY</c>, <c>SSL_CERT_FILE</c>.
/// </summary>
internal sealed class Hub : IDisposable
{
    private const string Yaml = "application/yaml";

    private readonly HttpClient _http;
    private readonly Screen _screen;
    private readonly CancellationToken _interrupted;

    /// <summary>Before another attempt.</summary>
    internal TimeSpan[] Pauses { get; init; } = [TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    public Hub(Settings settings, Screen screen, CancellationToken interrupted)
        : this(settings, new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All }, screen, interrupted) { }

    internal Hub(Settings settings, HttpMessageHandler handler, Screen screen, CancellationToken interrupted)
    {
        (Server, _screen, _interrupted) = (settings.Server, screen, interrupted);
        _http = new HttpClient(handler) { BaseAddress = new Uri(settings.Server, "api/v1/"), Timeout = settings.Limit };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"deployhub-cli/{typeof(Hub).Assembly.GetName().Version}");
        if (settings.Server is { Scheme: "http", IsLoopback: false }) screen.Note($"warning: {settings.Server} is not encrypted: others on the way can read the token.");
    }

    public Uri Server { get; }

    public Task<Answer> ReadAsync(string path, string accept = "application/json") => GoodAsync(Read(path, accept), isRepeatable: true);

    /// <summary>Null when the server knows nothing of that name.</summary>
    public async Task<Answer?> FindAsync(string path)
    {
        try
        {
            return await ReadAsync(path);
        }
        catch (Refusal refusal) when (refusal.Code?.EndsWith(".not-found", StringComparison.Ordinal) is true)
        {
            return null;
        }
    }

    /// <summary>Every page of a list.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReadAllAsync(string path)
    {
        var rows = new List<JsonNode>();
        for (string? query = "limit=200"; query is not null;)
        {
            var page = await ReadAsync($"{path}?{query}");
            rows.AddRange(page.Json().AsArray().OfType<JsonNode>());
            query = page.Next;
        }

        return rows;
    }

    /// <summary>The document as it was written, to the byte.</summary>
    public Task<Answer> DocumentAsync(string path) => ReadAsync(path, Yaml);

    /// <summary>A question about a document; nothing changes by it.</summary>
    public Task<Answer> AskAsync(string path, byte[] document) => GoodAsync(Post(path, () => DocumentOf(document)), isRepeatable: true);

    /// <summary>A question that is longer than an address; nothing changes by it.</summary>
    public Task<Answer> AskAsync(string path, object question) => GoodAsync(Post(path, () => JsonContent.Create(question)), isRepeatable: true);

    /// <summary>A move, done once however often it has to be sent.</summary>
    public Task<Answer> DoAsync(string path, object? said = null)
    {
        var key = Guid.NewGuid().ToString();
        return GoodAsync(Post(path, () => said is null ? null : JsonContent.Create(said), key), isRepeatable: true);
    }

    /// <summary>Writes the text as it is, unless somebody wrote another since <paramref name="seen"/>.</summary>
    public Task<Answer> WriteAsync(string path, byte[] document, string seen) =>
        GoodAsync(() => new HttpRequestMessage(HttpMethod.Put, path) { Headers = { { "If-Match", seen } }, Content = DocumentOf(document) }, isRepeatable: false);

    public void Dispose() => _http.Dispose();

    private static Func<HttpRequestMessage> Read(string path, string accept) =>
        () => new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(accept) } } };

    private static Func<HttpRequestMessage> Post(string path, Func<HttpContent?> content, string? key = null) => () =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content() };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    };

    private static ByteArrayContent DocumentOf(byte[] document) => new(document) { Headers = { ContentType = new MediaTypeHeaderValue(Yaml) } };

    private async Task<Answer> GoodAsync(Func<HttpRequestMessage> request, bool isRepeatable)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? pause = isRepeatable && attempt < Pauses.Length ? Pauses[attempt] : null;
            if (await TryAsync(request, pause is not null) is { } answer) return answer;
            await Task.Delay(pause!.Value, _interrupted);
        }
    }

    /// <summary>Null when it is worth another attempt.</summary>
    private async Task<Answer?> TryAsync(Func<HttpRequestMessage> request, bool mayRepeat)
    {
        try
        {
            using var message = request();
            using var response = await _http.SendAsync(message, _interrupted);
            if (mayRepeat && IsPassing(response)) return await PatientAsync(response);

            return Good(await Answer.OfAsync(response, _interrupted), response.Headers.Location);
        }
        catch (HttpRequestException exception) when (mayRepeat && exception.HttpRequestError is not HttpRequestError.SecureConnectionError)
        {
            _screen.Note($"{Server} does not answer ({exception.Message}); trying again.");
            return null;
        }
        catch (HttpRequestException exception)
        {
            throw Refusal.NoAccess(exception.HttpRequestError is HttpRequestError.SecureConnectionError
                ? $"{Server} shows no certificate that is trusted here: {exception.InnerException?.Message ?? exception.Message} SSL_CERT_FILE may name a file with your authority."
                : $"{Server} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException) when (!_interrupted.IsCancellationRequested)
        {
            throw Refusal.NoAccess($"{Server} did not answer within {_http.Timeout.TotalSeconds:0} seconds. --timeout allows more.");
        }
    }

    private static Answer Good(Answer answer, Uri? elsewhere) => answer.Status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => answer,
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            throw Refusal.NoAccess($"{answer.Asked} sends elsewhere, to {elsewhere}, and the token is not sent there. Name that address with --server."),
        _ => throw Problem.Of(answer.Status, answer.Body, answer.Asked),
    };

    /// <summary>Too much at once, between two versions, or the first attempt is still being worked on.</summary>
    private static bool IsPassing(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        || (response.StatusCode is HttpStatusCode.Conflict && response.Headers.RetryAfter is not null);

    /// <summary>Waits as long as the server asks for, at most a minute.</summary>
    private async Task<Answer?> PatientAsync(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        _screen.Note($"{Server} answered {(int)response.StatusCode}; trying again.");
        await Task.Delay(wait < TimeSpan.FromMinutes(1) ? wait : TimeSpan.FromMinutes(1), _interrupted);
        return null;
    }
}
