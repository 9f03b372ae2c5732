using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain;

namespace DeployHub.Worker.Steps;

/// <summary>What came back from a request: a status and the beginning of a body, or the reason why nothing did.</summary>
internal sealed record HttpAnswer(int? Status, string Body, string? Trouble)
{
    public const int MostBytes = 1024 * 1024;
    private const int MostShown = 200;

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; init; }

    public string? ContentType { get; init; }

    /// <summary>When the server asks to be tried again; null where it says nothing.</summary>
    public RetryConditionHeaderValue? Again { get; init; }

    /// <summary>There was more than is read of a body.</summary>
    public bool IsCut { get; init; }

    public string Summary => Trouble ?? $"{Status} {Beginning}".TrimEnd();

    /// <summary>Such as <c>//health</c>: an address that ends with a slash stands before a path that begins with one.</summary>
    public bool HasDoubledSlash { get; init; }

    private string Beginning => Printable.Of(Words.Beginning(Body, MostShown)).ReplaceLineEndings(" ");

    /// <param name="mostBytes">What is read of a body.</param>
    public static async Task<HttpAnswer> GetAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken, int mostBytes = MostBytes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(client.Timeout); // its own ends with the headers, and a body may have no end
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            var buffer = new byte[mostBytes];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, limit.Token);
            return new HttpAnswer((int)response.StatusCode, Encoding.UTF8.GetString(buffer, 0, read), null)
            {
                HasDoubledSlash = request.RequestUri!.AbsolutePath.Contains("//", StringComparison.Ordinal),
                Location = response.Headers.Location,
                Again = response.Headers.RetryAfter,
                ContentType = response.Content.Headers.ContentType?.MediaType,
                IsCut = read == mostBytes,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException or InvalidOperationException)
        {
            return new HttpAnswer(null, "", $"gave no answer: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HttpAnswer(null, "", "gave no answer in time");
        }
    }

    /// <summary>How long the server asks to be left alone; null where it does not.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => Again?.Delta ?? Again?.Date - now;

    /// <summary>Why it is not what was expected; null when it is.</summary>
    public string? Objection(IReadOnlyList<int>? expectStatus, string? expectText)
    {
        if (Trouble is not null) return Trouble + ".";

        var isExpected = expectStatus is { Count: > 0 } ? expectStatus.Contains(Status!.Value) : Status is >= 200 and < 300;
        if (!isExpected) return $"answered {Summary}, expected {(expectStatus is { Count: > 0 } ? string.Join(" or ", expectStatus) : "200 to 299")}{(HasDoubledSlash ? "; its path has “//”, so an address before it may end with a slash that is too much" : "")}.";
        return expectText is not null && !Body.Contains(expectText, StringComparison.Ordinal) ? $"answered without “{expectText}”: {Summary}" : null;
    }
}
