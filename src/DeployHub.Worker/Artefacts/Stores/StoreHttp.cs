using System.Collections.Concurrent;
using System.Net;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>
/// Speaks HTTP with stores: follows redirects itself, never from HTTPS to HTTP, keeps credentials with their origin, waits for nobody for
/// ever. Each registered host has connections of its own, so that none opened for one store is used for another. No proxy is asked: it
/// would connect where nobody here can see.
/// </summary>
internal sealed class StoreHttp(AddressGuard guard, StoreLimits limits) : IDisposable
{
    public const int MostRedirects = 5;

    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The content of an answer, which goes on by itself when a connection breaks.</summary>
    /// <exception cref="StoreRefusedException">…</exception>
    public Task<StoredContent> OpenAsync(StoreRequest request, CancellationToken cancellationToken) => ResumingStream.OpenAsync(this, request, limits, cancellationToken);

    /// <summary>A small document, whole.</summary>
    /// <exception cref="StoreRefusedException">Also when it is larger than that.</exception>
    public async Task<byte[]> ReadAsync(StoreRequest request, int mostBytes, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(request, cancellationToken);
        if (content.Length > mostBytes) throw TooLarge();

        using var whole = new MemoryStream((int)(content.Length ?? 0));
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.Bytes.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (whole.Length + read > mostBytes) throw TooLarge();
            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();

        StoreRefusedException TooLarge() => new($"{Shown.Address(request.Address)} is larger than {mostBytes / 1024:N0} KiB, which none of its kind needs.");
    }

    /// <summary>How many bytes it says that it has, without any of them; null when it does not say.</summary>
    public async Task<long?> LengthAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var retries = new Retries(limits);
        while (true)
        {
            try
            {
                using var response = await SendAsync(request with { Method = HttpMethod.Head }, cancellationToken);
                return response.Content.Headers.ContentLength;
            }
            catch (Exception exception) when (Retries.MayHelp(exception, cancellationToken))
            {
                await retries.PauseAsync(exception, request.Address, 0, cancellationToken);
            }
        }
    }

    /// <summary>The beginning of a good answer, after one try.</summary>
    /// <exception cref="HttpRequestException">Another try may help.</exception>
    public async Task<HttpResponseMessage> SendAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var response = await FollowAsync(request, cancellationToken);
        if (await AnsweredAsync(request, response, cancellationToken))
        {
            response.Dispose();
            response = await FollowAsync(request, cancellationToken);
        }

        if (response.IsSuccessStatusCode) return response;

        using (response) throw Refusal(request, response);
    }

    /// <exception cref="StoreRefusedException">A store may not lead there.</exception>
    public static Uri Onward(Uri from, Uri? to)
    {
        if (to is { IsAbsoluteUri: false }) to = Uri.TryCreate(from, to, out var whole) ? whole : null;
        if (to is null || to.Scheme is not ("http" or "https")) throw new StoreRefusedException($"{Shown.Address(from)} leads to nothing that could be fetched.");

        return from.Scheme is "https" && to.Scheme is "http"
            ? throw new StoreRefusedException($"{Shown.Address(from)} leads from HTTPS down to {Shown.Address(to)}, where anybody could change it. Let the store name an https address.")
            : to;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    private static Task<bool> AnsweredAsync(StoreRequest request, HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode is HttpStatusCode.Unauthorized && request.Credential is { } credential && StoreRequest.IsOneOrigin(credential.Origin, response.RequestMessage!.RequestUri!)
            ? credential.AnswerAsync(response, cancellationToken)
            : Task.FromResult(false);

    private async Task<HttpResponseMessage> FollowAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            var response = await AskAsync(request, address, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return response;

            using (response) address = Onward(address, response.Headers.Location);
            if (redirects == MostRedirects) throw new StoreRefusedException($"{Shown.Address(request.Address)} redirects more than {MostRedirects} times. Register the address where the artefacts lie.");
        }
    }

    private async Task<HttpResponseMessage> AskAsync(StoreRequest request, Uri address, CancellationToken cancellationToken)
    {
        using var message = request.MessageTo(address);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Idle);
        try
        {
            return await ClientOf(request.Store.Address.IdnHost).SendAsync(message, patience.Token);
        }
        catch (HttpRequestException exception) when (exception.InnerException is StoreRefusedException refused)
        {
            throw new StoreRefusedException(refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"it did not answer within {limits.Idle.TotalSeconds:0.#} s");
        }
    }

    private HttpMessageInvoker ClientOf(string registered) => _clients.GetOrAdd(registered, host => new HttpMessageInvoker(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = limits.Idle,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => guard.ConnectAsync(host, context.DnsEndPoint, cancellationToken),
    }));

    private static Exception Refusal(StoreRequest request, HttpResponseMessage response)
    {
        var (address, status) = (Shown.Address(response.RequestMessage!.RequestUri!), (int)response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new StoreRefusedException($"{address} answers {status}: there is none. Put it there, or correct its path.", response.StatusCode),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when request.Store.Store.Credential is { } secret =>
                new StoreRefusedException($"{address} does not let the secret “{secret}” in ({status}). Give the workers one that may read there.", response.StatusCode),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new StoreRefusedException($"{address} lets nobody in without a secret ({status}). Name one at the store.", response.StatusCode),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new HttpRequestException($"it answers {status}", null, response.StatusCode),
            _ => new StoreRefusedException($"{address} answers {status}.", response.StatusCode),
        };
    }
}
