using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Worker.Artefacts.Stores;

namespace DeployHub.Worker.ChangeTools;

/// <summary>
/// Asks a change tool about one change: once, within a limit of time and size, at the address where the tool was connected and nowhere else. Whatever
/// it answers is an answer: what cannot be used is told in a sentence for whoever connected it.
/// </summary>
internal sealed class ChangeToolHttp(AddressGuard guard)
{
    public const int MostBytes = 256 * 1024;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ChangeAnswer TooLong = new(null, $"The answer has more than {MostBytes / 1024} KiB, which no change needs. Check the address and the kind of the connection.");

    public async Task<ChangeAnswer> AskAsync(ChangeToolSettings settings, string number, string? secret, CancellationToken cancellationToken)
    {
        var address = AddressOf(settings, number);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, token) => guard.ConnectAsync(address.Host, context.DnsEndPoint, token),
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            message.Headers.UserAgent.ParseAdd("DeployHub");
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            if (secret is not null) message.Headers.Authorization = Proof(secret);
            using var response = await client.SendAsync(message, patience.Token);
            return await AnswerAsync(response, settings, number, patience.Token);
        }
        catch (HttpRequestException exception)
        {
            return new ChangeAnswer(null, exception.InnerException is StoreRefusedException refused ? refused.Message : $"{address.Host} could not be asked: {exception.Message.TrimEnd('.')}.");
        }
        catch (Exception exception) when (exception is StoreRefusedException or IOException)
        {
            return new ChangeAnswer(null, exception is StoreRefusedException ? exception.Message : $"{address.Host} broke off: {exception.Message.TrimEnd('.')}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ChangeAnswer(null, $"{address.Host} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    /// <summary>The number was typed by whoever planned: it stands where it belongs, and nothing of it is read as part of the question.</summary>
    internal static Uri AddressOf(ChangeToolSettings settings, string number)
    {
        var (root, named) = (settings.Address.TrimEnd('/'), Uri.EscapeDataString(number));
        return new Uri(settings.Kind is ChangeToolKind.Jira
            ? $"{root}/rest/api/2/issue/{named}?fields={string.Join(',', new[] { "status", "summary", settings.StartField, settings.EndField }.OfType<string>())}"
            : $"{root}/api/now/table/change_request?sysparm_query={Uri.EscapeDataString("number=")}{named}&sysparm_fields=number,sys_id,state,approval,short_description,start_date,end_date&sysparm_display_value=all&sysparm_limit=1");
    }

    /// <summary>A user and a password joined by a colon, or a token.</summary>
    private static AuthenticationHeaderValue Proof(string secret) => secret.Contains(':', StringComparison.Ordinal)
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))
        : new AuthenticationHeaderValue("Bearer", secret);

    private static async Task<ChangeAnswer> AnswerAsync(HttpResponseMessage response, ChangeToolSettings settings, string number, CancellationToken cancellationToken)
    {
        var (host, status) = (new Uri(settings.Address).Host, response.StatusCode);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
        return (int)status switch
        {
            404 when isJson => await NotFoundAsync(response, settings, number, cancellationToken),
            200 when !isJson => new ChangeAnswer(null, $"{host} answers with {response.Content.Headers.ContentType?.MediaType ?? "something"} instead of JSON, such as a page to sign in. Check the address and the secret."),
            200 => await ReadAsync(response, settings, number, cancellationToken),
            401 or 403 => new ChangeAnswer(null, $"{host} refuses {(settings.Secret is { } secret ? $"the secret “{secret}”" : "to answer without a secret")} ({(int)status}). An administrator checks the connection."),
            429 or 503 => new ChangeAnswer(null, $"{host} is asked too much at the moment ({(int)status}).", RetryAfter(response)),
            >= 300 and < 400 => new ChangeAnswer(null, $"{host} redirects{(response.Headers.Location is { IsAbsoluteUri: true, Host: var elsewhere } ? $" to {elsewhere}" : "")}, which is not followed. Write the address that answers itself."),
            400 or 404 => NoInterface(host, status),
            _ => new ChangeAnswer(null, $"{host} answers {(int)status}."),
        };
    }

    /// <summary>The change is not there, or the interface is not: a wrong address may be answered in JSON as well.</summary>
    private static async Task<ChangeAnswer> NotFoundAsync(HttpResponseMessage response, ChangeToolSettings settings, string number, CancellationToken cancellationToken)
    {
        var host = new Uri(settings.Address).Host;
        if (await BytesAsync(response, cancellationToken) is not { } bytes) return TooLong;

        return ChangeReading.SaysUnknown(bytes, settings.Kind) switch
        {
            true => new ChangeAnswer(ChangeSeen.Unknown),
            false => NoInterface(host, response.StatusCode),
            null => new ChangeAnswer(null, $"{host} has no {number}, or no such interface (404). Check the number, then the address and the kind of the connection."),
        };
    }

    private static async Task<ChangeAnswer> ReadAsync(HttpResponseMessage response, ChangeToolSettings settings, string number, CancellationToken cancellationToken)
    {
        if (await BytesAsync(response, cancellationToken) is not { } bytes) return TooLong;

        var seen = ChangeReading.Read(bytes, number, settings);
        return seen.Error is { } malformed ? new ChangeAnswer(null, malformed.Message) : new ChangeAnswer(seen.Value);
    }

    /// <summary>Null for more than any change needs.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MostBytes + 1];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes) return null;

        return bytes.AsMemory(0, length);
    }

    private static ChangeAnswer NoInterface(string host, HttpStatusCode status) =>
        new(null, $"{host} has no such interface ({(int)status}). Check the address and the kind of the connection.");

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? DateTimeOffset.UtcNow),
        _ => null,
    };
}
