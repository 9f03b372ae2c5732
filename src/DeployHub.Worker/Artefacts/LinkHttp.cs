using System.Net;
using DeployHub.Worker.Artefacts.Stores;

namespace DeployHub.Worker.Artefacts;

/// <summary>What an address answered.</summary>
/// <param name="Status">Null when nothing did.</param>
/// <param name="Trouble">Why nothing answered.</param>
internal sealed record LinkAnswer(Uri Link, HttpStatusCode? Status, string? Trouble)
{
    /// <summary>Something is there, perhaps only for people who sign in.</summary>
    public bool IsThere => Status is { } status && ((int)status < 300 || status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);

    /// <summary>Another time it may be there.</summary>
    public bool MayCome => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}

/// <summary>Asks addresses that documents name whether anything is there. Reads no content, keeps nothing, goes inside only where the guard says.</summary>
internal sealed class LinkHttp(AddressGuard guard) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, cancellationToken) => guard.ConnectAsync(null, context.DnsEndPoint, cancellationToken),
    });

    public async Task<LinkAnswer> AskAsync(Uri link, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var status = await FollowAsync(HttpMethod.Head, link, patience.Token);
            if ((int)status >= 400) status = await FollowAsync(HttpMethod.Get, link, patience.Token); // many answer HEAD wrongly
            return new LinkAnswer(link, status, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new LinkAnswer(link, null, exception.InnerException is StoreRefusedException refused ? refused.Message : exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new LinkAnswer(link, null, $"it did not answer within {Patience.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpStatusCode> FollowAsync(HttpMethod method, Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var message = new HttpRequestMessage(method, address);
            message.Headers.UserAgent.ParseAdd("DeployHub");
            using var response = await _client.SendAsync(message, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return response.StatusCode;

            if (redirects == StoreHttp.MostRedirects) throw new HttpRequestException($"it redirects more than {StoreHttp.MostRedirects} times");
            if (!Uri.TryCreate(address, response.Headers.Location, out var next) || next.Scheme is not ("http" or "https")) throw new HttpRequestException("it redirects to nothing that could be asked");
            address = next;
        }
    }
}
