using System.Net.Http.Headers;
using System.Text;
using DeployHub.Worker.Artefacts.Stores;

namespace DeployHub.Worker.Calendars;

/// <summary>Why a calendar cannot be had, in a sentence for whoever added it.</summary>
internal sealed class CalendarRefusedException(string message) : Exception(message);

/// <summary>
/// Reads a calendar of others whole: at most so many bytes, a few redirects, never down from HTTPS to HTTP, the secret for its own origin only, and inside
/// only where the administrator of the workers says.
/// </summary>
internal sealed class CalendarHttp(AddressGuard guard)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<byte[]> ReadAsync(Uri address, string? secret, int mostBytes, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = (context, token) => guard.ConnectAsync(null, context.DnsEndPoint, token),
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await FollowAsync(client, address, secret, patience.Token);
            return await ContentAsync(response, mostBytes, patience.Token);
        }
        catch (HttpRequestException exception)
        {
            throw new CalendarRefusedException(exception.InnerException is StoreRefusedException refused ? refused.Message : $"{Shown.Address(address)} could not be read: {exception.Message}.");
        }
        catch (StoreRefusedException refused)
        {
            throw new CalendarRefusedException(refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CalendarRefusedException($"{Shown.Address(address)} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    private static async Task<HttpResponseMessage> FollowAsync(HttpMessageInvoker client, Uri registered, string? secret, CancellationToken cancellationToken)
    {
        var address = registered;
        for (var redirects = 0; ; redirects++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, address);
            message.Headers.UserAgent.ParseAdd("DeployHub");
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
            if (secret is not null && StoreRequest.IsOneOrigin(registered, address)) message.Headers.Authorization = Proof(secret);
            var response = await client.SendAsync(message, cancellationToken);
            if (response.IsSuccessStatusCode) return response;

            using (response)
            {
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) throw new CalendarRefusedException($"{Shown.Address(address)} answers {(int)response.StatusCode}.");
                if (redirects == StoreHttp.MostRedirects) throw new CalendarRefusedException($"{Shown.Address(registered)} redirects more than {StoreHttp.MostRedirects} times. Write the address where the calendar lies.");
                address = StoreHttp.Onward(address, response.Headers.Location);
            }
        }
    }

    /// <summary>A user and a password joined by a colon, or a token.</summary>
    private static AuthenticationHeaderValue Proof(string secret) => secret.Contains(':', StringComparison.Ordinal)
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)))
        : new AuthenticationHeaderValue("Bearer", secret);

    private static async Task<byte[]> ContentAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[mostBytes + 1];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > mostBytes ? throw new CalendarRefusedException($"The calendar has more than {mostBytes / 1024 / 1024} MiB.") : bytes[..length];
    }
}
